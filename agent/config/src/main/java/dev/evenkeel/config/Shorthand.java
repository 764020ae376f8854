package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service in one line: {@code 3*http://10.0.0.1:8080, http://10.0.0.2:8080}, the weight before
 * the star. Immutable.
 */
final class Shorthand {
  private Shorthand() {}

  /**
   * The tree of a service that has these servers and no others; what else a file says of the
   * service stays.
   *
   * @return null if a placeholder cannot be filled in, which is then among the problems
   */
  static @Nullable Node branch(String name, Node.Leaf leaf, Context context) {
    Place place = new Place(leaf.origin(), "services." + Printable.of(name));
    String text = context.placeholders().expand(leaf.raw(), place, context.problems());
    if (text == null) {
      return null;
    }
    List<@Nullable Node> servers = new ArrayList<>();
    for (Node part : ListOf.split(leaf, text)) {
      if (part instanceof Node.Leaf item) {
        servers.add(server(item));
      }
    }
    Node list = new Node.Items(leaf.origin(), servers, true);
    Node service = block(leaf.origin(), "loadBalancer", block(leaf.origin(), "servers", list));
    return block(
        leaf.origin(),
        "http",
        block(leaf.origin(), "services", block(leaf.origin(), name, service)));
  }

  private static Node server(Node.Leaf item) {
    String text = String.valueOf(item.expanded());
    int star = text.indexOf('*');
    int scheme = text.indexOf("://");
    boolean isWeighted = star >= 0 && (scheme < 0 || star < scheme);
    Map<String, Node> entries = new LinkedHashMap<>();
    if (isWeighted) {
      entries.put("weight", part(item, text.substring(0, star)));
    }
    entries.put("url", part(item, isWeighted ? text.substring(star + 1) : text));
    return new Node.Block(item.origin(), entries);
  }

  private static Node part(Node.Leaf item, String text) {
    String trimmed = text.trim();
    boolean isSecret = Placeholders.isIn(item.raw());
    return new Node.Leaf(item.origin(), isSecret ? item.raw() : trimmed, trimmed);
  }

  private static Node block(Origin origin, String key, Node value) {
    return new Node.Block(origin, Map.of(key, value));
  }
}
