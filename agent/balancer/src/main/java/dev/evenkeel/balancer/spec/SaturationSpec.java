package dev.evenkeel.balancer.spec;

import java.time.Duration;
import java.util.Set;

/**
 * What a busy server answers. Immutable.
 *
 * @param statuses 400..599 each
 * @param duration above zero: for how long such an answer counts, where its {@code Retry-After}
 *     does not say
 */
public record SaturationSpec(Set<Integer> statuses, Duration duration) {
  /** Long enough to notice, short enough to be wrong about. */
  public static final Duration DEFAULT_DURATION = Duration.ofSeconds(5);

  public SaturationSpec {
    statuses = Set.copyOf(statuses);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration: " + duration + " (expected: above zero)");
    }
    duration = duration.compareTo(HealthCheckSpec.LONGEST) > 0 ? HealthCheckSpec.LONGEST : duration;
  }
}
