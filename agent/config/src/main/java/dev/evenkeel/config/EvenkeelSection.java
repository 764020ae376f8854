package dev.evenkeel.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file's section {@code evenkeel}: the agent's options, nested or dotted. Immutable. */
final class EvenkeelSection {
  private static final String NAME = "evenkeel";

  private EvenkeelSection() {}

  /**
   * The file's tree with {@code log.level} in that section written as {@code level} in {@code log}.
   */
  static Node.Block undotted(Node.Block root) {
    Map<String, Node> entries = new LinkedHashMap<>(root.entries());
    entries.replaceAll(
        (key, node) ->
            key.equalsIgnoreCase(NAME) && node instanceof Node.Block section
                ? nested(section)
                : node);
    return new Node.Block(root.origin(), entries);
  }

  private static Node nested(Node.Block section) {
    Group group = AgentOptions.FileSection.GROUP;
    Node nested = new Node.Block(section.origin(), Map.of());
    for (Map.Entry<String, Node> each : section.entries().entrySet()) {
      String key = each.getKey();
      Node branch =
          key.indexOf('.') > 0
              ? Layers.branch(group, key, each.getValue())
              : new Node.Block(section.origin(), Map.of(key, each.getValue()));
      nested = Layers.merge(group, nested, branch);
    }
    return nested;
  }

  /** The options that the section gives, by dotted key. */
  static Map<String, String> settings(Section section) {
    Map<String, String> settings = new LinkedHashMap<>();
    section.values().forEach((name, value) -> flatten(settings, name, value));
    return settings;
  }

  private static void flatten(Map<String, String> settings, String key, @Nullable Value value) {
    if (value == null) {
      return;
    }
    if (value.data() instanceof Section section) {
      section.values().forEach((name, child) -> flatten(settings, key + "." + name, child));
    } else if (value.data() instanceof Map<?, ?> map) {
      map.forEach((name, child) -> flatten(settings, key + "." + name, (Value) child));
    } else if (!(value.data() instanceof Node) && !(value.data() instanceof Collection)) {
      settings.put(key, value.data().toString());
    }
  }
}
