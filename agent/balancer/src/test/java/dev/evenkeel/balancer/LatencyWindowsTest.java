package dev.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyWindowsTest {
  private final LatencyWindows windows = new LatencyWindows();

  @Test
  void quantile_noTimes_isNaN() {
    assertThat(windows.quantileMillis(0.99)).isNaN();
  }

  @Test
  void quantile_knownTimes_isWithinOneSignificantDigit() {
    for (int millis = 1; millis <= 100; millis++) {
      windows.record(Duration.ofMillis(millis).toNanos());
    }

    assertThat(windows.quantileMillis(0.5)).isCloseTo(50, within(5.0));
    assertThat(windows.quantileMillis(0.99)).isCloseTo(99, within(10.0));
    assertThat(windows.quantileMillis(0)).isCloseTo(1, within(0.1));
  }

  @Test
  void quantile_afterOneRotation_coversBothWindows() {
    windows.record(Duration.ofMillis(10).toNanos());
    windows.rotate();
    windows.record(Duration.ofMillis(100).toNanos());

    assertThat(windows.quantileMillis(0.5)).isCloseTo(10, within(1.0));
    assertThat(windows.quantileMillis(1)).isCloseTo(100, within(10.0));
  }

  @Test
  void quantile_afterTwoRotations_hasForgotten() {
    windows.record(Duration.ofMillis(10).toNanos());
    windows.rotate();
    windows.rotate();

    assertThat(windows.quantileMillis(0.5)).isNaN();
  }

  @Test
  void record_impossibleTimes_areKeptInRange() {
    windows.record(-1);
    windows.record(Long.MAX_VALUE);

    assertThat(windows.quantileMillis(0)).isZero();
    assertThat(windows.quantileMillis(1)).isCloseTo(3_600_000, within(360_000.0));
  }
}
