package dev.evenkeel.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A block of declared options, whose names match in any case. Immutable.
 *
 * @param empty what a block without a value in it is
 * @param ignoresUnknown true for the top level only, where Traefik looks for its own keys
 */
record Group(List<Option> options, Empty empty, boolean ignoresUnknown) implements Kind {
  /** What a block may be that says nothing. */
  enum Empty {
    /** Nothing: Traefik says so. */
    REFUSED,
    /** A block with all its defaults: an option that was the last one may be commented out. */
    DEFAULTS,
    /** The same, and for Traefik so is {@code true}. */
    SWITCH
  }

  static final String TWICE = "given twice (expected: once; case does not matter)";
  private static final String ABSENT = "no value: counts as absent, as in Traefik";

  static Group of(Option... options) {
    return new Group(List.of(options), Empty.REFUSED, false);
  }

  static Group maybeEmpty(Option... options) {
    return new Group(List.of(options), Empty.SWITCH, false);
  }

  /** One that Traefik does not have. */
  static Group own(Option... options) {
    return new Group(List.of(options), Empty.DEFAULTS, false);
  }

  /** The declaration of a key; null if it is unknown. */
  @Nullable Option find(String key) {
    for (Option option : options) {
      if (option.name().equalsIgnoreCase(key)) {
        return option;
      }
    }
    return null;
  }

  @Override
  public @Nullable Kind child(String key) {
    Option option = find(key);
    return option == null ? null : option.kind();
  }

  @Override
  public @Nullable Value decode(Node node, Place place, Context context) {
    if (node instanceof Node.Leaf leaf && empty == Empty.SWITCH) {
      return decodeSwitch(leaf, place, context);
    }
    if (!(node instanceof Node.Block block)) {
      refuse(node, place, context);
      return null;
    }
    if (empty == Empty.REFUSED
        && block.entries().values().stream().allMatch(Node.Nothing.class::isInstance)) {
      context
          .problems()
          .fatal(place, "{} cannot be a standalone element (expected: " + expectation() + ")");
      return null;
    }
    Section section = new Section(this, place, decodeOptions(block, place, context));
    return new Value(section, place, node.describe());
  }

  private Map<String, @Nullable Value> decodeOptions(
      Node.Block block, Place place, Context context) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    block
        .entries()
        .forEach(
            (key, child) -> {
              Option option = find(key);
              Place at = place.key(option == null ? key : option.name(), child.origin());
              if (option == null) {
                refuseUnknown(key, at, context);
              } else if (values.containsKey(option.name())) {
                context.problems().fatal(at, TWICE);
              } else if (child instanceof Node.Nothing) {
                noteAbsent(option.kind(), at, context);
              } else {
                values.put(option.name(), decodeOption(option, child, at, context));
              }
            });
    return values;
  }

  private static @Nullable Value decodeOption(
      Option option, Node child, Place at, Context context) {
    Value value = option.kind().decode(child, at, context);
    if (value != null) {
      option.support().check(value, context.problems());
    }
    return value;
  }

  /** A block without a value is most likely meant as an empty one; other keys need no word. */
  static void noteAbsent(Kind kind, Place at, Context context) {
    if (kind instanceof Group group) {
      String hint = group.empty == Empty.SWITCH ? " (write {} for an empty block)" : "";
      context.problems().note(at, ABSENT + hint);
    }
  }

  /** Says that there is no such option, but for the top level. */
  void refuseUnknown(String key, Place at, Context context) {
    if (!ignoresUnknown) {
      List<String> names = options.stream().map(Option::name).toList();
      context.problems().fatal(at, "unknown key (" + Nearest.hint(key, names) + ")");
    }
  }

  /** Traefik: {@code true} is an empty block, any other text turns the block off. */
  private @Nullable Value decodeSwitch(Node.Leaf leaf, Place place, Context context) {
    Value text = Scalar.Text.ANY.decode(leaf, place, context);
    if (text == null) {
      return null;
    }
    String word = text.data().toString().toLowerCase(Locale.ROOT);
    if (word.equals("true")) {
      return new Value(new Section(this, place, Map.of()), place, text.printable());
    }
    if (word.isEmpty()) {
      refuse(leaf, place, context);
    } else if (!word.equals("false")) {
      context.problems().note(place, text.printable() + ": turns this off, as in Traefik");
    }
    return null;
  }

  @Override
  public String expectation() {
    String names = options.stream().map(Option::name).collect(Collectors.joining(", "));
    return names.isEmpty() ? "{}" : "block with " + names;
  }

  @Override
  public String label() {
    return "block";
  }
}
