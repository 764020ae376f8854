package dev.evenkeel.balancer.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One service among the children of another. Immutable.
 *
 * @param name of the child, as written there
 * @param weight 0..{@value ServerSpec#MAX_TOTAL_WEIGHT}; 0 takes no new calls, but keeps the
 *     sessions it has
 */
public record ChildSpec(String name, int weight) {
  public ChildSpec {
    if (weight < 0 || weight > ServerSpec.MAX_TOTAL_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: " + weight + " (expected: integer 0.." + ServerSpec.MAX_TOTAL_WEIGHT + ")");
    }
  }

  /** Each name once, with the weights of those that are listed twice added up. */
  static List<ChildSpec> merged(List<ChildSpec> listed) {
    Map<String, ChildSpec> byName = new LinkedHashMap<>();
    listed.forEach(child -> byName.merge(child.name(), child, ChildSpec::plus));
    return List.copyOf(byName.values());
  }

  static List<String> names(List<ChildSpec> children) {
    return children.stream().map(ChildSpec::name).toList();
  }

  private ChildSpec plus(ChildSpec other) {
    return new ChildSpec(name, weight + other.weight);
  }
}
