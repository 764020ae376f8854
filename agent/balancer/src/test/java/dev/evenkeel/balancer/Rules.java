package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.SaturationSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Rules of health with one of them changed. */
final class Rules {
  private Rules() {}

  static HealthRulesSpec thresholds(int healthy, int unhealthy) {
    return new HealthRulesSpec(healthy, unhealthy, List.of(), 50, 0, Duration.ZERO, null, null);
  }

  static HealthRulesSpec fenced(String... urls) {
    return new HealthRulesSpec(1, 1, List.of(urls), 50, 0, Duration.ZERO, null, null);
  }

  static HealthRulesSpec maxEjected(int percent) {
    return new HealthRulesSpec(1, 1, List.of(), percent, 0, Duration.ZERO, null, null);
  }

  static HealthRulesSpec panic(int percent) {
    return new HealthRulesSpec(1, 1, List.of(), 50, percent, Duration.ZERO, null, null);
  }

  static HealthRulesSpec slowStart(Duration length) {
    return new HealthRulesSpec(1, 1, List.of(), 50, 0, length, null, null);
  }

  static HealthRulesSpec busyAt(Integer... statuses) {
    SaturationSpec saturation = new SaturationSpec(Set.of(statuses), Duration.ofSeconds(5));
    return new HealthRulesSpec(1, 1, List.of(), 50, 0, Duration.ZERO, saturation, null);
  }

  static ExtrasSpec extras(HealthRulesSpec rules) {
    return ExtrasSpec.NONE.with(rules);
  }
}
