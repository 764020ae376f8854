package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTimesTest {
  private static final long TAU = TimeUnit.SECONDS.toNanos(ResponseTimes.DECAY_SECONDS);
  private static final double ROUNDING = 1e-3;

  private final ResponseTimes times = new ResponseTimes();

  @Test
  void average_withoutATime_isZero() {
    assertThat(times.averageNanos()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, -260_000_000_000_000L, Long.MAX_VALUE - 100_000_000_000L})
  void average_slowerTime_isTakenAtOnceAndFasterOnesByAge(long now) {
    times.record(1_000, now);
    times.record(9_000, now);
    assertThat(times.averageNanos()).isEqualTo(9_000);

    times.record(1_000, now);
    assertThat(times.averageNanos()).as("no time has passed").isEqualTo(9_000);

    times.record(1_000, now + TAU);
    assertThat(times.averageNanos()).isCloseTo(1_000 + 8_000 / Math.E, within(8_000 * ROUNDING));
  }

  @Test
  void relaxed_nothingHeard_goesDownToTheFloor() {
    times.record(9_000, 0);

    assertThat(times.relaxedNanos(1_000, 0)).isEqualTo(9_000);
    assertThat(times.relaxedNanos(1_000, TAU))
        .isCloseTo(1_000 + 8_000 / Math.E, within(8_000 * ROUNDING));
    assertThat(times.relaxedNanos(1_000, 50 * TAU)).isCloseTo(1_000, within(1.0));
    assertThat(times.relaxedNanos(20_000, 50 * TAU)).as("below the floor").isEqualTo(9_000);
    assertThat(times.averageNanos()).as("the average itself").isEqualTo(9_000);
  }

  @Test
  void recordAtLeast_belowTheAverage_saysNothing() {
    times.record(9_000, 0);
    times.recordAtLeast(1_000, TAU);
    assertThat(times.averageNanos()).isEqualTo(9_000);

    times.recordAtLeast(10_000, TAU);
    assertThat(times.averageNanos()).isEqualTo(10_000);
  }

  @Test
  void silence_waitingCalls_countsFromTheLastAnswer() {
    assertThat(times.silenceNanos(100)).isZero();

    times.begins(100);
    times.begins(150);
    assertThat(times.silenceNanos(400)).isEqualTo(300);

    times.answered(100, 450);
    assertThat(times.silenceNanos(500)).isEqualTo(50);

    times.waitingEnds();
    assertThat(times.silenceNanos(9_000)).isZero();

    times.begins(10_000);
    assertThat(times.silenceNanos(10_001)).isEqualTo(1);
  }
}
