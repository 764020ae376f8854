package dev.evenkeel.config;

import org.jspecify.annotations.Nullable;

/** What may stand at a key. Immutable. */
sealed interface Kind permits Scalar, ListOf, MapOf, Group, Opaque {
  /**
   * Checks and types a node; what is wrong goes to the context's problems.
   *
   * @param node never {@link Node.Nothing}, which counts as absent
   * @return null if nothing of use is left
   */
  @Nullable Value decode(Node node, Place place, Context context);

  /** What a message calls it, after {@code expected:}. */
  String expectation();

  /** The type's name in the reference page. */
  String label();

  /** What may stand below a key; null if nothing or if it is unknown. */
  default @Nullable Kind child(String key) {
    return null;
  }

  /** Reports that something else stands here. */
  default void refuse(Node node, Place place, Context context) {
    context.problems().fatal(place, node.describe() + " (expected: " + expectation() + ")");
  }
}
