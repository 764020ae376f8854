package dev.evenkeel.config;

import dev.evenkeel.config.Node.Block;
import dev.evenkeel.config.Node.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts one tree over another, key by key: options match in any case, names as they are written. A
 * property becomes a tree of one branch. Immutable.
 */
final class Layers {
  private static final int MAX_INDEX_DIGITS = 5;

  private Layers() {}

  /**
   * The tree in which {@code over} wins.
   *
   * @param kind what stands here; null if it is unknown
   */
  static Node merge(@Nullable Kind kind, Node base, Node over) {
    if (base instanceof Block low && over instanceof Block high) {
      Map<String, Node> entries = new LinkedHashMap<>(low.entries());
      high.entries().forEach((key, node) -> mergeEntry(kind, entries, key, node));
      return new Block(low.origin(), entries);
    }
    if (base instanceof Items low && over instanceof Items high && !high.isWhole()) {
      Kind item = kind instanceof ListOf list ? list.item() : null;
      return new Items(low.origin(), mergeItems(item, low.items(), high.items()), low.isWhole());
    }
    return over;
  }

  private static void mergeEntry(
      @Nullable Kind kind, Map<String, Node> entries, String key, Node over) {
    String known = kind instanceof Group ? sameOption(entries, key) : key;
    Node base = entries.get(known);
    Kind child = kind == null ? null : kind.child(key);
    entries.put(known, base == null ? over : merge(child, base, over));
  }

  /** How an option that these entries hold is written there; as given if they do not hold it. */
  static String sameOption(Map<String, Node> entries, String key) {
    for (String known : entries.keySet()) {
      if (known.equalsIgnoreCase(key)) {
        return known;
      }
    }
    return key;
  }

  private static List<@Nullable Node> mergeItems(
      @Nullable Kind item, List<@Nullable Node> base, List<@Nullable Node> over) {
    List<@Nullable Node> merged = new ArrayList<>(base);
    for (int i = 0; i < over.size(); i++) {
      Node high = over.get(i);
      if (i >= merged.size()) {
        merged.add(high);
      } else if (high != null) {
        Node low = merged.get(i);
        merged.set(i, low == null ? high : merge(item, low, high));
      }
    }
    return merged;
  }

  /**
   * A tree that holds nothing but one value.
   *
   * @param path dotted, with {@code [0]} for an item, as {@code
   *     http.services.orders.loadBalancer.servers[0].url}
   */
  static Node branch(@Nullable Kind kind, String path, Node value) {
    if (path.isEmpty()) {
      return value;
    }
    int index = index(path);
    if (index >= 0 && kind instanceof ListOf list) {
      List<@Nullable Node> items = new ArrayList<>();
      for (int i = 0; i < index; i++) {
        items.add(null);
      }
      items.add(branch(list.item(), rest(path, path.indexOf(']') + 1), value));
      return new Items(value.origin(), items, false);
    }
    int end = keyEnd(kind, path);
    String key = path.substring(0, end);
    Kind child = kind == null ? null : kind.child(key);
    // Below an unknown key nothing is known either: decoding refuses the key as a whole.
    Node below = child == null ? value : branch(child, rest(path, end), value);
    return new Block(value.origin(), Map.of(key, below));
  }

  /** The index that a path begins with; -1 if it begins with a key. */
  private static int index(String path) {
    int close = path.indexOf(']');
    if (path.charAt(0) != '[' || close < 2 || close > MAX_INDEX_DIGITS + 1) {
      return -1;
    }
    for (int i = 1; i < close; i++) {
      if (path.charAt(i) < '0' || path.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(path.substring(1, close));
  }

  private static String rest(String path, int from) {
    return path.startsWith(".", from) ? path.substring(from + 1) : path.substring(from);
  }

  /**
   * Where the first key ends. The name of a service may hold dots, so it goes on until an option of
   * a service follows; the name of a header takes all the rest.
   */
  private static int keyEnd(@Nullable Kind kind, String path) {
    int first = segmentEnd(path, 0);
    if (kind instanceof MapOf map && map.entry() instanceof Scalar) {
      return path.length();
    }
    if (kind instanceof MapOf map && map.entry() instanceof Group entry) {
      for (int end = first; end < path.length(); end = segmentEnd(path, end + 1)) {
        String next = path.substring(end + 1, segmentEnd(path, end + 1));
        if (entry.find(next) != null) {
          return end;
        }
      }
    }
    return first;
  }

  /** At least one character on, so that a path of dots and brackets comes to an end too. */
  private static int segmentEnd(String path, int from) {
    for (int i = from + 1; i < path.length(); i++) {
      if (path.charAt(i) == '.' || path.charAt(i) == '[') {
        return i;
      }
    }
    return path.length();
  }
}
