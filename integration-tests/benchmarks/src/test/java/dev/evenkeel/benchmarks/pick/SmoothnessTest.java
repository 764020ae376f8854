package dev.evenkeel.benchmarks.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmoothnessTest {
  @Test
  void order_ofTwoInTurn_lagsHalfATurnAndHasNoGap() {
    Smoothness smoothness = Smoothness.of(order(0, 1, 0, 1), new int[] {1, 1}, 4);

    assertThat(smoothness).isEqualTo(new Smoothness(0.5, 1));
  }

  @Test
  void order_inBursts_lagsByHalfTheBurst() {
    Smoothness smoothness = Smoothness.of(order(0, 0, 0, 0, 1, 1, 1, 1), new int[] {1, 1}, 8);

    assertThat(smoothness).isEqualTo(new Smoothness(2, 2.5));
  }

  @Test
  void order_heavyServerFirst_lagsBeforeTheLightOnesTurn() {
    Smoothness smoothness = Smoothness.of(order(0, 0, 0, 1), new int[] {3, 1}, 4);

    assertThat(smoothness.lag()).isEqualTo(0.75);
    assertThat(smoothness.gap()).isEqualTo(1.5);
  }

  @Test
  void order_thatNeverPicksAServer_countsItsWholeWait() {
    Smoothness smoothness = Smoothness.of(order(0, 0, 0, 0), new int[] {1, 1}, 4);

    assertThat(smoothness).isEqualTo(new Smoothness(2, 2.5));
  }

  @ParameterizedTest
  @EnumSource
  void picker_overAFewCycles_keepsTheShares(Picker picker) {
    IntSupplier next = picker.over(new int[] {3, 2, 1});
    int[] counts = new int[3];

    for (int i = 0; i < 6_000; i++) {
      counts[next.getAsInt()]++;
    }

    assertThat(counts[0]).isCloseTo(3_000, within(2));
    assertThat(counts[1]).isCloseTo(2_000, within(2));
    assertThat(counts[2]).isCloseTo(1_000, within(2));
  }

  @Test
  void weightSets_all_haveTheSumsTheyAreNamedFor() {
    assertThat(WeightSet.all())
        .filteredOn(set -> set.name().contains("1..10") && !set.name().contains("random"))
        .extracting(WeightSet::sum)
        .containsExactly(55L, 550L, 5_500L, 55_000L);
  }

  private static IntSupplier order(int... servers) {
    int[] at = {0};
    return () -> servers[at[0]++];
  }
}
