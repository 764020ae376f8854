package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list. A list of scalars also takes one scalar and splits it on commas, as Traefik does.
 * Immutable.
 */
record ListOf(Kind item) implements Kind {
  @Override
  public @Nullable Value decode(Node node, Place place, Context context) {
    if (node instanceof Node.Leaf leaf && item instanceof Scalar) {
      String text = leaf.expanded();
      if (text == null) {
        text = context.placeholders().expand(leaf.raw(), place, context.problems());
      }
      return text == null ? null : decodeItems(split(leaf, text), place, context);
    }
    if (node instanceof Node.Items list) {
      return decodeItems(list.items(), place, context);
    }
    refuse(node, place, context);
    return null;
  }

  /** Parts of a text that held a placeholder are shown as that whole text. */
  static List<@Nullable Node> split(Node.Leaf leaf, String text) {
    boolean isSecret = Placeholders.isIn(leaf.raw());
    List<@Nullable Node> parts = new ArrayList<>();
    if (text.isBlank()) {
      return parts;
    }
    for (String part : text.split(",", -1)) {
      String trimmed = part.trim();
      parts.add(new Node.Leaf(leaf.origin(), isSecret ? leaf.raw() : trimmed, trimmed));
    }
    return parts;
  }

  private @Nullable Value decodeItems(List<@Nullable Node> nodes, Place place, Context context) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Place at = place.item(i, node == null ? originAfter(nodes, i, place) : node.origin());
      if (node == null || node instanceof Node.Nothing) {
        if (i == 0 || node != null || nodes.get(i - 1) != null) { // a gap is one problem
          context.problems().fatal(at, "no value (expected: " + item.expectation() + ")");
        }
        continue;
      }
      Value value = item.decode(node, at, context);
      if (value != null) {
        values.add(value);
      }
    }
    return values.isEmpty() && !nodes.isEmpty() ? null : new Value(values, place, "a list");
  }

  /** Of what has an index that is too high. */
  private static Origin originAfter(List<@Nullable Node> nodes, int gap, Place place) {
    return nodes.stream()
        .skip(gap)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Node::origin)
        .orElse(place.origin());
  }

  @Override
  public String expectation() {
    return "list";
  }

  @Override
  public String label() {
    return "list of " + item.label();
  }
}
