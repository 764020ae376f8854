package dev.evenkeel.balancer;

import java.time.Duration;

/**
 * Remembers how often a server went out, and holds back its return once that is often: the first
 * {@value #FREE_FALLS} times it may return at once, then after 5 s, 10 s, 20 s and so on, after 120
 * s at most. One time is forgotten for every {@link #MEMORY} without another.
 *
 * <p>So a server that comes and goes costs its sessions and its callers' failed calls less and less
 * often, and one that went out now and then returns as soon as its probes allow it. Confined to the
 * control thread.
 */
final class Damping {
  static final int FREE_FALLS = 3;
  static final Duration MEMORY = Duration.ofMinutes(1);
  static final Duration SHORTEST_HOLD = Duration.ofSeconds(5);
  static final Duration LONGEST_HOLD = Duration.ofMinutes(2);

  private int falls;
  private long lastFallNanos;
  private boolean isHolding;
  private long heldUntilNanos;

  /** The server went out. */
  void fell(long nowNanos) {
    long forgotten = falls == 0 ? 0 : (nowNanos - lastFallNanos) / MEMORY.toNanos();
    falls = (int) Math.max(0, falls - forgotten) + 1;
    lastFallNanos = nowNanos;
    isHolding = false;
  }

  /** Something spoke against the return that is held back: it is not due any more. */
  void giveUpReturn() {
    isHolding = false;
  }

  /**
   * Everything else speaks for the return.
   *
   * @return whether it may return now; if not, it is due after {@link #remainingNanos}
   */
  boolean mayReturn(long nowNanos) {
    if (!isHolding) {
      heldUntilNanos = nowNanos + hold().toNanos();
      isHolding = true;
    }
    return isDue(nowNanos);
  }

  /** Whether a return that was held back may take place now. */
  boolean isDue(long nowNanos) {
    return isHolding && nowNanos - heldUntilNanos >= 0;
  }

  /** Whether a return is held back. */
  boolean isHolding() {
    return isHolding;
  }

  /** Until the return that is held back. */
  long remainingNanos(long nowNanos) {
    return Math.max(0, heldUntilNanos - nowNanos);
  }

  /** For people, as {@code held back for 10s after going out 5 times}. */
  String text() {
    return "held back for " + hold().toSeconds() + "s after going out " + falls + " times";
  }

  private Duration hold() {
    if (falls <= FREE_FALLS) {
      return Duration.ZERO;
    }
    int doublings = Math.min(falls - FREE_FALLS - 1, 10);
    Duration hold = SHORTEST_HOLD.multipliedBy(1L << doublings);
    return hold.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : hold;
  }
}
