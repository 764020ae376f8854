package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighestRandomWeightTest extends StrategyContract {
  @Override
  Strategy strategy(FakeMembers members, Tickets tickets, WeightedTurns turns) {
    return new Hashing()
        .strategy(
            members.names(),
            members.weights,
            members.weights,
            new WeightedRoundRobin(tickets, turns));
  }

  /** FNV-1a is not even. */
  @Override
  double shareBound() {
    return 0.1;
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, first, 4, 9.755727",
    "127.0.0.1, second, 1, 0.295839",
    "10.0.0.1, first, 4, 8.985992",
    "10.0.0.1, second, 1, 216.924852",
  })
  void score_workedValues_areTraefiks(String key, String name, int weight, double score) {
    assertThat(HighestRandomWeight.score(FakeMembers.key(key), name, weight))
        .isCloseTo(score, within(0.0000005));
  }

  @Test
  void pick_tenZeroSlashSixteenOverThreeServers_countsAreTraefiks() {
    List<String> names = List.of("http://10.1.0.1:80", "http://10.1.0.2:80", "http://10.1.0.3:80");
    FakeMembers members = new FakeMembers(1, 1, 1);
    HighestRandomWeight strategy =
        new HighestRandomWeight(names, members.weights, new FailIfAsked());

    int[] counts = new int[3];
    for (int address = 0; address < 65_536; address++) {
      long key = FakeMembers.key("10.0." + (address >> 8) + "." + (address & 0xFF));
      counts[strategy.pick(members, new FakeMembers.Call(3, key))]++;
    }

    assertThat(counts).containsExactly(19_790, 25_517, 20_229);
  }

  @Test
  void pick_tenZeroSlashSixteenOverWeights_countsAreTraefiks() {
    FakeMembers members = new FakeMembers(4, 1);
    HighestRandomWeight strategy =
        new HighestRandomWeight(List.of("first", "second"), members.weights, new FailIfAsked());

    int[] counts = new int[2];
    for (int address = 0; address < 65_536; address++) {
      long key = FakeMembers.key("10.0." + (address >> 8) + "." + (address & 0xFF));
      counts[strategy.pick(members, new FakeMembers.Call(2, key))]++;
    }

    assertThat(counts).containsExactly(52_548, 12_988);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100})
  void pick_memberGoesOut_itsKeysMoveAndNoOthers(int size) {
    FakeMembers members = new FakeMembers(new int[size]);
    Arrays.fill(members.weights, 3);
    Strategy strategy = strategy(members, 0);
    int[] before = picks(members, strategy);
    members.isOpen[2] = false;

    int[] after = picks(members, strategy);
    members.isOpen[2] = true;

    for (int i = 0; i < before.length; i++) {
      if (before[i] != 2) {
        assertThat(after[i]).isEqualTo(before[i]);
      }
    }
    assertThat(picks(members, strategy)).as("and come back").isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100})
  void pick_serverTried_nextBestIsWhereItsKeysWouldMove(int size) {
    FakeMembers members = new FakeMembers(new int[size]);
    Arrays.fill(members.weights, 1);
    Strategy strategy = strategy(members, 0);

    for (int i = 0; i < 500; i++) {
      FakeMembers.Call call = members.call(i);
      int best = strategy.pick(members, call);
      members.isOpen[best] = false;
      int next = strategy.pick(members, call);
      members.isOpen[best] = true;
      call.hasTried(best);

      assertThat(strategy.pick(members, call)).isEqualTo(next).isNotEqualTo(best);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100})
  void pick_memberGetsMoreOfItsWeight_takesKeysAndNoneMoveBetweenOthers(int size) {
    FakeMembers members = new FakeMembers(new int[size]);
    Arrays.fill(members.weights, 2);
    int[] inForce = new int[size];
    Arrays.fill(inForce, 200);
    int[] before = new int[0];
    for (int percent : new int[] {0, 10, 50, 100}) {
      inForce[2] = 2 * percent;
      Strategy strategy =
          new Hashing()
              .strategy(members.names(), members.weights, inForce.clone(), new FailIfAsked());

      int[] after = picks(members, strategy);

      double share = (double) Arrays.stream(after).filter(pick -> pick == 2).count() / after.length;
      assertThat(share).isCloseTo(percent / ((size - 1) * 100.0 + percent), within(0.025));
      assertThat(share > 0).isEqualTo(percent > 0);
      for (int i = 0; i < before.length; i++) {
        assertThat(after[i] == before[i] || after[i] == 2).as("key %s", i).isTrue();
      }
      before = after;
    }
  }

  @Test
  void pick_allHaveTheSamePart_isAsWithAllOfTheirWeight() {
    FakeMembers members = new FakeMembers(new int[100]);
    Arrays.fill(members.weights, 3);
    int[] tenth = new int[100];
    Arrays.fill(tenth, 30);

    Strategy strategy =
        new Hashing().strategy(members.names(), members.weights, tenth, new FailIfAsked());

    assertThat(picks(members, strategy)).isEqualTo(picks(members, strategy(members, 0)));
  }

  private static int[] picks(FakeMembers members, Strategy strategy) {
    int[] picks = new int[5_000];
    for (int i = 0; i < picks.length; i++) {
      picks[i] = strategy.pick(members, members.call(i));
    }
    return picks;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 65})
  void pick_withoutAKey_takesTurns(int size) {
    FakeMembers members = new FakeMembers(new int[size]);
    Arrays.fill(members.weights, 1);
    Strategy strategy = strategy(members, 0);

    int[] counts = new int[size];
    for (int i = 0; i < size * 10; i++) {
      counts[strategy.pick(members, new FakeMembers.Call(size, Members.NO_KEY))]++;
    }

    assertThat(counts).containsOnly(10);
  }

  @Test
  void strategy_sameMembersAndWeights_runsNoOtherRace() {
    FakeMembers members = new FakeMembers(new int[65]);
    Arrays.fill(members.weights, 1);
    int[] inForce = members.weights.clone();
    inForce[4] = 0;
    Hashing hashing = new Hashing();
    Strategy all =
        hashing.strategy(members.names(), members.weights, members.weights, new FailIfAsked());

    Strategy others =
        hashing.strategy(members.names(), members.weights, inForce, new FailIfAsked());

    int[] before = picks(members, all);
    int[] after = picks(members, others);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isNotEqualTo(4);
      assertThat(before[i] == 4 || before[i] == after[i]).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "10.0.0.1", "Übergröße", "日本", "\uD83D\uDE00x"})
  void hash_anyText_isThatOfItsUtf8(String text) {
    long expected = Fnv1a.START;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      expected = (expected ^ Byte.toUnsignedLong(b)) * 0x100000001b3L;
    }

    assertThat(Fnv1a.append(Fnv1a.START, text)).isEqualTo(expected);
    assertThat(Fnv1a.append(Fnv1a.START, "<" + text + ">", 1, text.length() + 1))
        .isEqualTo(expected);
  }

  private static final class FailIfAsked implements Strategy {
    @Override
    public <C> int pick(Members<C> members, C call) {
      throw new AssertionError("a call without a key");
    }
  }
}
