package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthRulesSpec;
import java.util.List;

/** Rules of health with one of them changed. */
final class Rules {
  private Rules() {}

  static HealthRulesSpec thresholds(int healthy, int unhealthy) {
    return new HealthRulesSpec(healthy, unhealthy, List.of());
  }

  static HealthRulesSpec fenced(String... urls) {
    return new HealthRulesSpec(1, 1, List.of(urls));
  }
}
