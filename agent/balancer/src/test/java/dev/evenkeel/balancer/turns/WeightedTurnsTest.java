package dev.evenkeel.balancer.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedTurnsTest {
  @Provide
  Arbitrary<int[]> weights() {
    return Arbitraries.integers()
        .between(0, 120)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(30)
        .filter(weights -> Arrays.stream(weights).anyMatch(weight -> weight > 0));
  }

  @Property(tries = 200)
  void table_anyWeightsFromAnyTicket_isExactInEveryWindow(
      @ForAll("weights") int[] weights,
      @ForAll long ticket,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double phase) {
    long first = ticket >> 1;

    TurnTable turns = TurnTable.of(WeightedTurns.reduce(weights), first, phase);

    TurnCounts.assertEveryWindowIsExact(turns, weights, first);
  }

  @Property(tries = 200)
  void goldenWalk_anyWeightsFromAnyTicket_isExactInEveryWindow(
      @ForAll("weights") int[] weights,
      @ForAll long ticket,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double phase) {
    long first = ticket >> 1;

    GoldenWalk turns = GoldenWalk.of(WeightedTurns.reduce(weights), first, phase);

    TurnCounts.assertEveryWindowIsExact(turns, weights, first);
  }

  @Property(tries = 200)
  void newWeights_anyPhase_isKeptToTheNearestTurn(
      @ForAll("weights") int[] before, @ForAll("weights") int[] after, @ForAll long ticket) {
    long now = ticket >> 1;
    for (boolean isTable : new boolean[] {true, false}) {
      WeightedTurns old = build(before, 0, 0, isTable);

      WeightedTurns turns = build(after, now, old.phaseAt(now), isTable);

      double distance = Math.abs(turns.phaseAt(now) - old.phaseAt(now));
      assertThat(Math.min(distance, 1 - distance)).isLessThanOrEqualTo(0.5001 / turns.cycle());
    }
  }

  private static WeightedTurns build(int[] weights, long ticket, double phase, boolean isTable) {
    int[] reduced = WeightedTurns.reduce(weights);
    return isTable ? TurnTable.of(reduced, ticket, phase) : GoldenWalk.of(reduced, ticket, phase);
  }

  @Test
  void newWeights_sameProportions_continueWithTheSameServers() {
    WeightedTurns old = WeightedTurns.of(new int[] {3, 2, 1}, 0, 0);

    for (long now = -20; now < 20; now++) {
      WeightedTurns turns = WeightedTurns.of(new int[] {300, 200, 100}, now, old.phaseAt(now));

      for (long ticket = now; ticket < now + 12; ticket++) {
        assertThat(turns.serverAt(ticket)).isEqualTo(old.serverAt(ticket));
      }
    }
  }

  @Test
  void newWeights_everyFewPicks_keepTheShares() {
    int[] counts = new int[3];
    WeightedTurns turns = WeightedTurns.of(new int[] {300, 200, 100}, 0, 0);

    for (int ticket = 0; ticket < 60_000; ticket++) {
      counts[turns.serverAt(ticket)]++;
      if (ticket % 20 == 0) {
        int[] slightlyOther = {300 + ticket % 7, 200, 100};
        turns = WeightedTurns.of(slightlyOther, ticket + 1, turns.phaseAt(ticket + 1));
      }
    }

    assertThat(counts[0]).isBetween(29_000, 31_000);
    assertThat(counts[1]).isBetween(19_000, 21_000);
    assertThat(counts[2]).isBetween(9_000, 11_000);
  }

  static Stream<Arguments> smoothSets() {
    return Stream.of(
        Arguments.of("5,1,1", new int[] {5, 1, 1}),
        Arguments.of("10 x 1..10", TurnCounts.repeating(10, 10)),
        Arguments.of("100 x 1..10", TurnCounts.repeating(100, 10)),
        Arguments.of("1,000 x 1..10", TurnCounts.repeating(1_000, 10)),
        Arguments.of("1 x 500 and 999 x 1", TurnCounts.oneHeavyAmongLight(500, 999)),
        Arguments.of("1,100", new int[] {1, 100}),
        Arguments.of("997,991,983", new int[] {997, 991, 983}),
        Arguments.of("200 random 1..1,000", TurnCounts.random(200, 1_000)),
        Arguments.of("50 random 1..100,000", TurnCounts.random(50, 100_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothSets")
  void table_smoothSets_neverLagTwoTurns(String name, int[] weights) {
    TurnTable turns = TurnTable.of(WeightedTurns.reduce(weights), 0, 0);

    assertThat(TurnCounts.largestLag(turns, weights, 2)).isLessThan(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothSets")
  void goldenWalk_smoothSets_neverLagFiveTurns(String name, int[] weights) {
    GoldenWalk turns = GoldenWalk.of(WeightedTurns.reduce(weights), 0, 0);

    assertThat(TurnCounts.largestLag(turns, weights, 2)).isLessThan(5);
  }

  @Test
  void of_sumAtTheLimit_isATable() {
    int[] weights = {(int) WeightedTurns.MAX_TABLE_CYCLE - 1, 1};

    assertThat(WeightedTurns.of(weights, 0, 0)).isInstanceOf(TurnTable.class);
  }

  @Test
  void of_sumAboveTheLimit_isAGoldenWalk() {
    int[] weights = {(int) WeightedTurns.MAX_TABLE_CYCLE, 1};

    WeightedTurns turns = WeightedTurns.of(weights, 0, 0);

    assertThat(turns).isInstanceOf(GoldenWalk.class);
    assertThat(TurnCounts.of(turns::serverAt, 2, -5, turns.cycle())).isEqualTo(weights);
  }

  @Test
  void of_largeWeightsWithACommonDivisor_isASmallTable() {
    assertThat(WeightedTurns.of(new int[] {3_000_000, 2_000_000}, 0, 0).cycle()).isEqualTo(5);
  }

  @Test
  void of_nothingButZero_isRefused() {
    assertThatThrownBy(() -> WeightedTurns.of(new int[] {0, 0}, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one above 0");
  }

  @Test
  void of_oneServer_hasEveryTurn() {
    WeightedTurns turns = WeightedTurns.of(new int[] {0, 7, 0}, 3, 0);

    assertThat(turns.cycle()).isEqualTo(1);
    assertThat(turns.serverAt(Long.MIN_VALUE / 2)).isEqualTo(1);
    assertThat(turns.serverAt(12)).isEqualTo(1);
  }

  @Test
  void table_tenThousandServers_isExact() {
    int[] weights = TurnCounts.repeating(10_000, 10);

    WeightedTurns turns = WeightedTurns.of(weights, 0, 0);

    assertThat(turns.cycle()).isEqualTo(55_000);
    assertThat(TurnCounts.of(turns::serverAt, 10_000, 17, 55_000)).isEqualTo(weights);
  }

  @Test
  void table_moreServersThanACharHolds_isExact() {
    int[] weights = TurnCounts.repeating(70_000, 2);

    TurnTable turns = TurnTable.of(weights, 0, 0);

    assertThat(TurnCounts.of(turns::serverAt, 70_000, -3, turns.cycle())).isEqualTo(weights);
  }

  @Test
  void goldenWalk_tenThousandServersOfLargeWeights_isExact() {
    int[] weights = TurnCounts.random(10_000, 400);

    GoldenWalk turns = GoldenWalk.of(weights, 0, 0);

    assertThat(TurnCounts.of(turns::serverAt, 10_000, 5, turns.cycle())).isEqualTo(weights);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void goldenWalk_hugeCycle_staysInsideTheRowAndNearTheShares(int servers) {
    int[] weights = IntStream.range(0, servers).map(i -> (1 << 24) - i).toArray();

    GoldenWalk turns = GoldenWalk.of(weights, 0, 0);

    int picks = 100_000;
    int[] counts = TurnCounts.of(turns::serverAt, servers, turns.cycle() * 3 - 50_000, picks);
    for (int count : counts) {
      assertThat((double) count)
          .isBetween((double) picks / servers - 5, (double) picks / servers + 5);
    }
  }
}
