package dev.evenkeel.balancer;

import java.time.Duration;

/**
 * The growing share of a server that returned: {@value #FIRST_PERCENT} % at once, then {@value
 * #STEP_PERCENT} more in each of {@value #STEPS} steps. Steps fall on a grid of time that all
 * servers of the same length share, so that servers that grow together are one rebuild. Confined to
 * the control thread.
 */
final class SlowStart {
  static final int FIRST_PERCENT = 10;
  static final int STEP_PERCENT = 5;
  static final int STEPS = 18;

  private boolean isGrowing;
  private long stepNanos;
  private long firstStep;
  private int percent = 100;

  /** The server is back; zero: in full. */
  void begin(Duration length, long nowNanos) {
    if (length.isZero()) {
      end();
      return;
    }
    isGrowing = true;
    stepNanos = Math.max(1, length.toNanos() / STEPS);
    firstStep = Math.floorDiv(nowNanos, stepNanos);
    percent = FIRST_PERCENT;
  }

  void end() {
    isGrowing = false;
    percent = 100;
  }

  void settle(long nowNanos) {
    if (!isGrowing) {
      return;
    }
    long steps = Math.floorDiv(nowNanos, stepNanos) - firstStep;
    if (steps >= STEPS) {
      end();
    } else {
      percent = FIRST_PERCENT + STEP_PERCENT * (int) steps;
    }
  }

  /** Until the next step; {@link Health#NEVER} if there is none. */
  long remainingNanos(long nowNanos) {
    return isGrowing ? stepNanos - Math.floorMod(nowNanos, stepNanos) : Health.NEVER;
  }

  /** {@value #FIRST_PERCENT}..100. */
  int percent() {
    return percent;
  }

  /** For people; empty while it does not grow. */
  String reason() {
    return isGrowing ? "slow start: " + percent + " %" : "";
  }
}
