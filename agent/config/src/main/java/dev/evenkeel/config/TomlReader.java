package dev.evenkeel.config;

import dev.evenkeel.config.Node.Block;
import dev.evenkeel.config.Node.Items;
import dev.evenkeel.config.Node.Leaf;
import dev.evenkeel.config.Node.Nothing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * From TOML text to nodes: a table is a block, an array of tables is a list of blocks, and a number
 * is its text. Not thread-safe; one per document.
 */
final class TomlReader {
  private static final int MAX_DEPTH = 50;

  /** The parser goes on after an error, and finds one in each line of what is no TOML at all. */
  private static final int MAX_ERRORS = 20;

  private final String source;
  private final Problems problems;

  private TomlReader(String source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * Reads a document of TOML 1.1, which Traefik reads too and TOML 1.0 is a part of.
   *
   * @return {@link Nothing} if it holds nothing; null if it is broken, which is then among the
   *     problems
   */
  static @Nullable Node read(String source, String text, Problems problems) {
    TomlParseResult result;
    try {
      result =
          Toml.parse(
              text,
              TomlParseOptions.sourceless()
                  .withVersion(TomlVersion.V1_1_0)
                  .withMaxNestingDepth(MAX_DEPTH));
    } catch (RuntimeException e) {
      // Whatever the parser throws on odd input is still the file's fault, not the agent's.
      problems.fatal(
          Place.root(new Origin(source, 0)),
          "not valid TOML: " + Printable.of(String.valueOf(e.getMessage())));
      return null;
    }
    TomlReader reader = new TomlReader(source, problems);
    if (result.hasErrors()) {
      reader.refuse(result.errors());
      return null;
    }
    return result.isEmpty() ? new Nothing(new Origin(source, 0)) : reader.root(result);
  }

  private void refuse(List<TomlParseError> errors) {
    for (TomlParseError error : errors.subList(0, Math.min(MAX_ERRORS, errors.size()))) {
      TomlPosition position = error.position();
      problems.fatal(
          Place.root(origin(position)),
          "not valid TOML, column "
              + position.column()
              + ": "
              + Printable.of(String.valueOf(error.getMessage())));
    }
    if (errors.size() > MAX_ERRORS) {
      TomlPosition next = errors.get(MAX_ERRORS).position();
      problems.fatal(
          Place.root(origin(next)),
          "not valid TOML, here and in "
              + (errors.size() - MAX_ERRORS - 1)
              + " further places, of which no more is said");
    }
  }

  private Node root(TomlTable table) {
    return block(table, Place.root(new Origin(source, 0)), true);
  }

  /**
   * The entries of a table.
   *
   * @param isRoot true at the top level, where Traefik does not look at what it does not know
   */
  private Block block(TomlTable table, Place place, boolean isRoot) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      if (isRoot && Schema.ROOT.find(key) == null) {
        continue;
      }
      List<String> path = List.of(key);
      Place at = place.key(key, origin(table.inputPositionOf(path)));
      entries.put(key, node(table.get(path), at));
    }
    return new Block(place.origin(), entries);
  }

  private Items list(TomlArray array, Place place) {
    List<@Nullable Node> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(node(array.get(i), place.item(i, origin(array.inputPositionOf(i)))));
    }
    return new Items(place.origin(), items, false);
  }

  private Node node(@Nullable Object value, Place place) {
    if (value instanceof TomlTable table) {
      return block(table, place, false);
    }
    if (value instanceof TomlArray array) {
      return list(array, place);
    }
    String text = String.valueOf(value);
    if (value instanceof Double number) {
      text = text(number);
    } else if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
      // No option takes one, and Traefik refuses the file for it, whatever the option.
      problems.fatal(place, text + ": a date or a time (expected: text, in quotes)");
    }
    return new Leaf(place.origin(), text, null);
  }

  /** As one would write it in YAML, without an exponent. */
  private static String text(double number) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number).toPlainString()
        : String.valueOf(number);
  }

  private Origin origin(@Nullable TomlPosition position) {
    return new Origin(source, position == null ? 0 : position.line());
  }
}
