package dev.evenkeel.balancer.spec;

import java.time.Duration;

/**
 * Judging servers by the outcomes of calls. Source: Traefik {@code
 * loadBalancer.passiveHealthCheck}. Immutable.
 *
 * @param failureWindow above zero: within which failures count, and for how long the first ejection
 *     lasts
 * @param maxFailedAttempts 1..{@value #MOST_ATTEMPTS}: failures in a row, within the window, that
 *     eject a server
 */
public record PassiveHealthCheckSpec(Duration failureWindow, int maxFailedAttempts) {
  /** Traefik's default for {@code failureWindow}. */
  public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);

  /** The time of each of them is remembered. */
  public static final int MOST_ATTEMPTS = 10_000;

  public PassiveHealthCheckSpec {
    if (failureWindow.isNegative() || failureWindow.isZero()) {
      throw new IllegalArgumentException(
          "failureWindow: " + failureWindow + " (expected: above zero)");
    }
    if (maxFailedAttempts < 1 || maxFailedAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "maxFailedAttempts: " + maxFailedAttempts + " (expected: 1.." + MOST_ATTEMPTS + ")");
    }
    failureWindow =
        failureWindow.compareTo(HealthCheckSpec.LONGEST) > 0
            ? HealthCheckSpec.LONGEST
            : failureWindow;
  }
}
