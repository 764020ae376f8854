package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether one server is put aside for what calls said of it, and for how long: the failure window
 * the first time, doubled each time it fails again, up to {@link #LONGEST}, a fifth more or less by
 * chance, so that many processes do not come back in step. One doubling is taken back for every
 * {@value #CALM_WINDOWS} windows that it was in.
 *
 * <p>After that time one call tries it. Where probes run, there is neither time nor trial: a good
 * probe brings it back. Confined to the control thread.
 */
final class Ejection {
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final int CALM_WINDOWS = 6;
  static final double JITTER = 0.2;

  private static final int MOST_DOUBLINGS = 20;

  private enum Phase {
    IN,
    OUT,
    ON_TRIAL
  }

  private Phase phase = Phase.IN;
  private String cause = "";
  private int doublings = -1;
  private long sinceNanos;
  private long untilNanos;
  private long windowNanos;
  private boolean isUntilProbe;
  private int trials;

  /** Takes over the configuration; without one, nobody is ejected. */
  void configure(@Nullable PassiveHealthCheckSpec spec, boolean isProbed) {
    if (spec == null) {
      phase = Phase.IN;
      doublings = -1;
      return;
    }
    windowNanos = spec.failureWindow().toNanos();
    isUntilProbe = isProbed;
  }

  /**
   * Puts the server aside, unless it is.
   *
   * @param chance -1..1
   */
  void eject(String why, long nowNanos, double chance) {
    if (phase == Phase.IN) {
      long calm = doublings < 0 ? 0 : (nowNanos - sinceNanos) / windowNanos / CALM_WINDOWS;
      doublings = (int) Math.max(-1, doublings - calm);
      putAside(why, nowNanos, chance);
    }
  }

  /** The call that tried the server failed. */
  void trialFailed(String why, long nowNanos, double chance) {
    if (phase == Phase.ON_TRIAL) {
      putAside(why, nowNanos, chance);
    }
  }

  private void putAside(String why, long nowNanos, double chance) {
    phase = Phase.OUT;
    cause = why;
    doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
    sinceNanos = nowNanos;
    untilNanos = nowNanos + (long) (fullNanos() * (1 + JITTER * chance));
  }

  private double fullNanos() {
    double longest = Math.max(windowNanos, LONGEST.toNanos());
    return Math.min((double) windowNanos * (1L << doublings), longest);
  }

  /** The server is back. */
  void end(long nowNanos) {
    phase = Phase.IN;
    sinceNanos = nowNanos;
  }

  /** Does what is due: a trial begins, or gets another call where the last one is not heard of. */
  void settle(long nowNanos) {
    boolean isDue = phase != Phase.IN && !isUntilProbe && nowNanos - untilNanos >= 0;
    if (isDue) {
      phase = Phase.ON_TRIAL;
      untilNanos = nowNanos + windowNanos;
      trials++;
    } else if (isUntilProbe && phase == Phase.ON_TRIAL) {
      phase = Phase.OUT;
    }
  }

  /** Until something changes by itself; {@link Health#NEVER} if nothing does. */
  long remainingNanos(long nowNanos) {
    boolean isTimed = phase != Phase.IN && !isUntilProbe;
    return isTimed ? Math.max(0, untilNanos - nowNanos) : Health.NEVER;
  }

  boolean isOut() {
    return phase != Phase.IN;
  }

  boolean isOnTrial() {
    return phase == Phase.ON_TRIAL;
  }

  /** Whether a good probe brings it back. */
  boolean isUntilProbe() {
    return phase == Phase.OUT && isUntilProbe;
  }

  /** Whether something began before the server was put aside, and so says nothing of it. */
  boolean isLaterThan(long startNanos) {
    return phase == Phase.OUT && sinceNanos - startNanos >= 0;
  }

  /** Grows with every call that may try it. */
  int trials() {
    return trials;
  }

  /** For people, as {@code answered 503; ejected for 10s}. */
  String reason() {
    if (phase == Phase.ON_TRIAL) {
      return cause + "; one call tries it";
    }
    return isUntilProbe
        ? cause + "; until a probe succeeds"
        : cause + "; ejected for " + Math.round((untilNanos - sinceNanos) / 1e9) + "s";
  }
}
