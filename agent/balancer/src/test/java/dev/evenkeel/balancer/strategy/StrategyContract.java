package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every strategy promises. */
abstract class StrategyContract {
  /** The counter leaps back at 2⁶². */
  private static final long NEAR_THE_END = (1L << 62) - 7;

  private static final int PICKS = 100_000;

  private int sink;

  abstract Strategy strategy(FakeMembers members, Tickets tickets, WeightedTurns turns);

  /** How far a share of many calls may be from its weight's; 0: exact in every cycle. */
  abstract double shareBound();

  final Strategy strategy(FakeMembers members, long firstTicket) {
    WeightedTurns turns = WeightedTurns.of(members.weights, firstTicket, 0);
    return strategy(members, new Tickets(firstTicket), turns);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -500, Integer.MAX_VALUE - 3L, NEAR_THE_END})
  void pick_nothingInFlight_sharesFollowTheWeights(long firstTicket) {
    FakeMembers members = new FakeMembers(5, 3, 0, 2);
    Strategy strategy = strategy(members, firstTicket);

    for (int cycle = 0; shareBound() == 0 && cycle < 20; cycle++) {
      assertThat(members.tally(strategy, 10)).as("cycle %d", cycle).containsExactly(5, 3, 0, 2);
    }
    int[] counts = members.tally(strategy, 10_000);

    for (int i = 0; i < counts.length; i++) {
      assertThat(counts[i] / 10_000.0)
          .as("share of member %d", i)
          .isCloseTo(members.weights[i] / 10.0, within(shareBound()));
    }
    assertThat(counts[2]).as("weight 0").isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 17, 64, 65, 200})
  void pick_anyNumberOfMembers_meetsAllButThoseOfWeightZero(int size) {
    FakeMembers members =
        new FakeMembers(IntStream.range(0, size).map(i -> i == 1 ? 0 : 1).toArray());

    int[] counts = members.tally(strategy(members, 0), 100 * size);

    assertThat(counts[1]).isZero();
    assertThat(Arrays.stream(counts).filter(count -> count == 0).count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 17, 65})
  void pick_memberFencedAfterTheBuild_isNotPicked(int size) {
    FakeMembers members = new FakeMembers(IntStream.range(0, size).map(i -> 2).toArray());
    Strategy strategy = strategy(members, 0);
    members.isOpen[1] = false;

    int[] counts = members.tally(strategy, 50 * size);

    assertThat(counts[1]).isZero();
    assertThat(Arrays.stream(counts).sum()).isEqualTo(50 * size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 65})
  void pick_allDown_isNone(int size) {
    FakeMembers members = new FakeMembers(IntStream.range(0, size).map(i -> 1 + i).toArray());
    Strategy strategy = strategy(members, 0);
    Arrays.fill(members.isOpen, false);

    for (int i = 0; i < 100; i++) {
      assertThat(strategy.pick(members, members.call(i))).isEqualTo(Strategy.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 17, 65})
  void pick_triedMembers_areNotPickedAgain(int size) {
    FakeMembers members = new FakeMembers(IntStream.range(0, size).map(i -> 1).toArray());
    Strategy strategy = strategy(members, 0);

    for (int i = 0; i < 1_000; i++) {
      FakeMembers.Call call = members.call(i);
      int first = strategy.pick(members, call);
      call.hasTried(first);
      int second = strategy.pick(members, call);
      call.hasTried(second);
      int third = strategy.pick(members, call);

      assertThat(new int[] {first, second, third}).doesNotContain(Strategy.NONE);
      assertThat(IntStream.of(first, second, third).distinct().count()).isEqualTo(3);
    }
  }

  @Test
  void pick_oneMember_isThatOne() {
    FakeMembers members = new FakeMembers(7);

    assertThat(members.tally(strategy(members, -1), 50)).containsExactly(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 64, 10_000})
  void pick_warm_allocatesNothing(int size) {
    FakeMembers members = new FakeMembers(IntStream.range(0, size).map(i -> 1 + i % 10).toArray());
    Strategy strategy = strategy(members, 0);
    FakeMembers.Call call = members.call(1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < PICKS; i++) {
        sink |= strategy.pick(members, call);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).isLessThan(PICKS / 100);
    assertThat(sink).isNotNegative();
  }
}
