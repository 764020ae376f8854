package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a tree as TOML, in one of the forms that a person would give it. Immutable. */
enum TomlText {
  /** {@code [http.services.orders]}, and {@code [[…servers]]} for each server. */
  TABLES,
  /** {@code http = { services = … }}, all of it. */
  INLINE,
  /** {@code http.services.orders.loadBalancer.strategy = "wrr"}, with lists inline. */
  DOTTED;

  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern BARE_VALUE =
      Pattern.compile("true|false|-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?");

  String of(Node.Block root) {
    StringBuilder text = new StringBuilder();
    switch (this) {
      case INLINE -> root.entries().forEach((k, v) -> line(text, List.of(k), inline(v)));
      case DOTTED -> dotted(text, List.of(), root);
      case TABLES -> tables(text, List.of(), root);
    }
    return text.toString();
  }

  private static void dotted(StringBuilder text, List<String> path, Node node) {
    if (node instanceof Node.Block block && !block.entries().isEmpty()) {
      block.entries().forEach((key, child) -> dotted(text, with(path, key), child));
    } else {
      line(text, path, inline(node));
    }
  }

  /** First what belongs to this table, since each header begins another one. */
  private static void tables(StringBuilder text, List<String> path, Node.Block block) {
    block
        .entries()
        .forEach(
            (key, child) -> {
              if (!(child instanceof Node.Block) && !isTables(child)) {
                line(text, List.of(key), inline(child));
              }
            });
    block
        .entries()
        .forEach(
            (key, child) -> {
              List<String> at = with(path, key);
              if (child instanceof Node.Block table) {
                text.append("\n[").append(dots(at)).append("]\n");
                tables(text, at, table);
              } else if (isTables(child)) {
                for (Node item : ((Node.Items) child).items()) {
                  text.append("\n[[").append(dots(at)).append("]]\n");
                  tables(text, at, (Node.Block) item);
                }
              }
            });
  }

  private static boolean isTables(Node node) {
    return node instanceof Node.Items list
        && !list.items().isEmpty()
        && list.items().stream().allMatch(Node.Block.class::isInstance);
  }

  private static void line(StringBuilder text, List<String> path, String value) {
    text.append(dots(path)).append(" = ").append(value).append('\n');
  }

  private static String inline(Node node) {
    if (node instanceof Node.Block block) {
      return block.entries().entrySet().stream()
          .map(each -> key(each.getKey()) + " = " + inline(each.getValue()))
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (node instanceof Node.Items list) {
      return list.items().stream()
          .map(TomlText::inline)
          .collect(Collectors.joining(",\n  ", "[ ", " ]"));
    }
    String raw = ((Node.Leaf) node).raw();
    return BARE_VALUE.matcher(raw).matches() ? raw : quoted(raw);
  }

  private static String dots(List<String> path) {
    return path.stream().map(TomlText::key).collect(Collectors.joining("."));
  }

  private static String key(String key) {
    return BARE_KEY.matcher(key).matches() ? key : quoted(key);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static List<String> with(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  /** Whether TOML can say it at all: it has no word for nothing. */
  static boolean canHold(Node node) {
    if (node instanceof Node.Block block) {
      return block.entries().values().stream().allMatch(TomlText::canHold);
    }
    if (node instanceof Node.Items list) {
      return list.items().stream().allMatch(TomlText::canHold);
    }
    return node instanceof Node.Leaf;
  }
}
