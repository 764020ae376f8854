package dev.evenkeel.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FaultLimiterTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final FaultLimiter limiter = new FaultLimiter(now::get);

  @Test
  void first_ofAKey_isAdmitted() {
    assertThat(limiter.admit("a")).isZero();
    assertThat(limiter.admit("b")).isZero();
  }

  @Test
  void repeated_withinAMinute_isHeldBackAndCounted() {
    limiter.admit("a");

    now.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
    assertThat(limiter.admit("a")).isEqualTo(FaultLimiter.HELD_BACK);
    assertThat(limiter.admit("a")).isEqualTo(FaultLimiter.HELD_BACK);
    now.addAndGet(1);

    assertThat(limiter.admit("a")).isEqualTo(2);
    assertThat(limiter.admit("a")).isEqualTo(FaultLimiter.HELD_BACK);
  }

  @Test
  void count_afterItWasTold_startsAnew() {
    limiter.admit("a");
    limiter.admit("a");
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    limiter.admit("a");
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThat(limiter.admit("a")).isZero();
  }

  @Test
  void keys_moreThanRemembered_shareOneEntry() {
    for (int i = 0; i < FaultLimiter.MAX_KEYS; i++) {
      assertThat(limiter.admit("key" + i)).isZero();
    }

    assertThat(limiter.admit("one more")).isZero();
    assertThat(limiter.admit("another")).isEqualTo(FaultLimiter.HELD_BACK);

    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(limiter.admit("third")).as("old keys made room").isZero();
    assertThat(limiter.admit("fourth")).isZero();
  }
}
