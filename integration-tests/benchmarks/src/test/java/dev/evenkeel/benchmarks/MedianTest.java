package dev.evenkeel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void median_oddCount_isTheMiddleValue() {
    assertThat(Median.of(900, 1, 2)).isEqualTo(2);
  }

  @Test
  void median_evenCount_isTheMeanOfTheMiddleTwo() {
    assertThat(Median.of(4, 100, 1, 2)).isEqualTo(3);
  }

  @Test
  void median_ofNothing_isRefused() {
    assertThatThrownBy(Median::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
