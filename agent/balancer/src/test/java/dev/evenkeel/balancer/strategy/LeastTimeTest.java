package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastTimeTest extends StrategyContract {
  @Override
  Strategy strategy(FakeMembers members, Tickets tickets, WeightedTurns turns) {
    return new LeastTime(tickets, turns, members.weights, members);
  }

  @Override
  double shareBound() {
    return 0;
  }

  private int[] sequentialCalls(FakeMembers members, int calls, long[] millis, double noise) {
    SplittableRandom random = new SplittableRandom(7);
    Strategy strategy = strategy(members, 0);
    int[] counts = new int[members.size()];
    for (int i = 0; i < calls; i++) {
      int member = strategy.pick(members, members.call(i));
      counts[member]++;
      double factor = 1 + noise * (2 * random.nextDouble() - 1);
      members.answers(member, Math.round(millis[member] * factor));
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.3})
  void pick_fiveEqualMembers_shareAboutEqually(double noise) {
    FakeMembers members = new FakeMembers(1, 1, 1, 1, 1);

    int[] counts = sequentialCalls(members, 300, new long[] {20, 20, 20, 20, 20}, noise);

    assertThat(Arrays.stream(counts).min().getAsInt()).isGreaterThanOrEqualTo(45);
    assertThat(Arrays.stream(counts).max().getAsInt()).isLessThanOrEqualTo(75);
  }

  @Test
  void pick_oneMemberSlow_isTriedNowAndThenOnly() {
    FakeMembers members = new FakeMembers(1, 1, 1);

    int[] counts = sequentialCalls(members, 3_000, new long[] {5, 50, 5}, 0.1);

    assertThat(counts[1]).isBetween(1, 30);
    assertThat(counts[0]).isBetween(1_300, 1_700);
  }

  @Test
  void pick_slowMemberRecovers_hasItsShareAgain() {
    FakeMembers members = new FakeMembers(1, 1);
    sequentialCalls(members, 100, new long[] {10, 200}, 0);

    int[] counts = sequentialCalls(members, 20_000, new long[] {10, 10}, 0);

    assertThat(counts[1]).isGreaterThan(5_000);
  }

  @Test
  void pick_memberThatHangs_isLeftAfterAWhile() {
    FakeMembers members = new FakeMembers(1, 1);
    sequentialCalls(members, 10, new long[] {10, 10}, 0);
    members.times[0].begins(members.nanos);
    members.nanos += TimeUnit.MILLISECONDS.toNanos(40);

    // The call that hangs is not in flight here, so that its age alone decides.
    assertThat(members.tally(strategy(members, 0), 100)).containsExactly(0, 100);
  }

  @Test
  void pick_weights_shareOutAmongEquallyFastMembers() {
    FakeMembers members = new FakeMembers(3, 1, 0);

    assertThat(sequentialCalls(members, 400, new long[] {10, 10, 1}, 0))
        .containsExactly(300, 100, 0);
  }

  @Test
  void pick_newMember_beginsAtTheMedian() {
    FakeMembers members = new FakeMembers(1, 1, 1);
    members.answers(0, 10);
    members.answers(1, 10);
    members.typicalNanos = TimeUnit.MILLISECONDS.toNanos(10);
    assertThat(members.tally(strategy(members, 0), 30)).containsExactly(10, 10, 10);

    members.inFlight[2] = 1;
    assertThat(members.tally(strategy(members, 0), 30))
        .as("one at a time")
        .containsExactly(15, 15, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {LeastTime.MAX_SCANNED, LeastTime.MAX_SCANNED + 1, 300})
  void pick_manyMembersOneSlow_isLeftToTheOthers(int size) {
    int[] weights = new int[size];
    Arrays.fill(weights, 1);
    FakeMembers members = new FakeMembers(weights);
    for (int i = 0; i < size; i++) {
      members.times[i].record(TimeUnit.MILLISECONDS.toNanos(i == 3 ? 500 : 10), members.nanos);
    }

    int[] counts = members.tally(strategy(members, 0), 100 * size);

    assertThat(counts[3]).isLessThan(5);
  }
}
