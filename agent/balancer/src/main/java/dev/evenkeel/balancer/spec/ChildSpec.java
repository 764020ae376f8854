package dev.evenkeel.balancer.spec;

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

  ChildSpec plus(ChildSpec other) {
    return new ChildSpec(name, weight + other.weight);
  }
}
