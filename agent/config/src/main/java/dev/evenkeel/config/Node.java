package dev.evenkeel.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the configuration before its keys and types are checked, whatever its source.
 * Immutable.
 */
sealed interface Node {
  /** The key's position for an entry of a block, else the node's own. */
  Origin origin();

  /** What it is, for a message that expected something else. */
  String describe();

  /** The same node as an entry whose key stands elsewhere. */
  Node at(Origin keyOrigin);

  /**
   * A scalar.
   *
   * @param raw as written
   * @param expanded with its placeholders filled in; null while that is still to do
   */
  record Leaf(Origin origin, String raw, @Nullable String expanded) implements Node {
    @Override
    public String describe() {
      return Printable.of(raw);
    }

    @Override
    public Node at(Origin keyOrigin) {
      return new Leaf(keyOrigin, raw, expanded);
    }
  }

  /** Keys and values, in the order of the source. */
  record Block(Origin origin, Map<String, Node> entries) implements Node {
    @Override
    public String describe() {
      return "a block";
    }

    @Override
    public Node at(Origin keyOrigin) {
      return new Block(keyOrigin, entries);
    }
  }

  /**
   * A list.
   *
   * @param items null where a property names an index above one that nobody gives
   * @param isWhole true if it replaces a list of lower precedence instead of adding to it by index
   */
  record Items(Origin origin, List<@Nullable Node> items, boolean isWhole) implements Node {
    @Override
    public String describe() {
      return "a list";
    }

    @Override
    public Node at(Origin keyOrigin) {
      return new Items(keyOrigin, items, isWhole);
    }
  }

  /** A key without a value, or YAML {@code null}. */
  record Nothing(Origin origin) implements Node {
    @Override
    public String describe() {
      return "no value";
    }

    @Override
    public Node at(Origin keyOrigin) {
      return new Nothing(keyOrigin);
    }
  }
}
