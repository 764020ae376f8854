package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import java.time.Duration;

/** From a decoded {@code passiveHealthCheck} to its spec. Not thread-safe; one per service. */
final class PassiveCheckReader {
  private final Problems problems;

  PassiveCheckReader(Problems problems) {
    this.problems = problems;
  }

  /** Options with a problem count as absent. */
  PassiveHealthCheckSpec read(Section passive) {
    return new PassiveHealthCheckSpec(window(passive), attempts(passive));
  }

  /** In Traefik no failure lies within a window of zero, so that nothing would ever be ejected. */
  private Duration window(Section passive) {
    Duration window = passive.duration("failureWindow");
    if (window.compareTo(Duration.ZERO) > 0) {
      return window;
    }
    if (passive.value("failureWindow") != null) {
      problems.fatal(
          passive.place("failureWindow"),
          passive.printable("failureWindow") + " (expected: above zero)");
    }
    return PassiveHealthCheckSpec.DEFAULT_WINDOW;
  }

  /** Traefik ejects with the first failure for what is below 1, too, and knows no upper end. */
  private int attempts(Section passive) {
    int given = passive.integer("maxFailedAttempts");
    int used = Math.max(1, Math.min(given, PassiveHealthCheckSpec.MOST_ATTEMPTS));
    if (used != given) {
      problems.note(
          passive.place("maxFailedAttempts"),
          given
              + " (expected: 1.."
              + PassiveHealthCheckSpec.MOST_ATTEMPTS
              + "; "
              + used
              + " is used)");
    }
    return used;
  }
}
