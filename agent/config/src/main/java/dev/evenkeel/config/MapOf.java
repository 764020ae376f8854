package dev.evenkeel.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that the user chooses, which keep their case, with a value of one kind each. Immutable. */
record MapOf(Kind entry) implements Kind {
  @Override
  public @Nullable Value decode(Node node, Place place, Context context) {
    if (!(node instanceof Node.Block block)) {
      refuse(node, place, context);
      return null;
    }
    Map<String, Value> values = new LinkedHashMap<>();
    for (Map.Entry<String, Node> each : block.entries().entrySet()) {
      Node child = each.getValue();
      Place at = place.key(each.getKey(), child.origin());
      if (child instanceof Node.Nothing) {
        Group.noteAbsent(entry, at, context);
        continue;
      }
      Value value = entry.decode(child, at, context);
      if (value != null) {
        values.put(each.getKey(), value);
      }
    }
    return new Value(values, place, "a block");
  }

  @Override
  public Kind child(String key) {
    return entry;
  }

  @Override
  public String expectation() {
    return "block of names";
  }

  @Override
  public String label() {
    return "map of " + entry.label();
  }
}
