package dev.evenkeel.balancer.spec;

import java.util.List;

/**
 * What decides beyond Traefik's options whether a server takes calls. Source: the section {@code
 * evenkeel.services.<name>}. Immutable.
 *
 * @param healthyThreshold at least 1: good probes in a row that bring a server up
 * @param unhealthyThreshold at least 1: failed probes in a row that take a server down
 * @param fenced URLs of the servers that take no new sessions
 */
public record HealthRulesSpec(int healthyThreshold, int unhealthyThreshold, List<String> fenced) {
  /** As Traefik judges: one probe decides, and nothing is fenced. */
  public static final HealthRulesSpec DEFAULT = new HealthRulesSpec(1, 1, List.of());

  public HealthRulesSpec {
    fenced = List.copyOf(fenced);
    atLeastOne("healthyThreshold", healthyThreshold);
    atLeastOne("unhealthyThreshold", unhealthyThreshold);
  }

  private static void atLeastOne(String name, int threshold) {
    if (threshold < 1) {
      throw new IllegalArgumentException(name + ": " + threshold + " (expected: 1 or more)");
    }
  }
}
