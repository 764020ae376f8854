package dev.evenkeel.config;

import dev.evenkeel.config.Node.Block;
import dev.evenkeel.config.Node.Items;
import dev.evenkeel.config.Node.Leaf;
import dev.evenkeel.config.Node.Nothing;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * From YAML text to nodes. Built on the parser's events, and not on its composer, because here
 * every alias counts with all that it stands for: a small file cannot grow into a large tree. Not
 * thread-safe; one per document.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_NODES = 500_000;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Problems problems;
  private final String source;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  private YamlReader(String source, String text, Problems problems) {
    this.source = source;
    this.problems = problems;
    LoadSettings settings =
        LoadSettings.builder().setLabel(source).setCodePointLimit(text.length() + 1).build();
    this.events = new Parse(settings).parseReader(new StringReader(text)).iterator();
  }

  /**
   * Reads the first document, as Traefik does.
   *
   * @return {@link Nothing} if there is none; null if it is broken, which is then among the
   *     problems
   */
  static @Nullable Node read(String source, String text, Problems problems) {
    try {
      refuseControls(text);
      return new YamlReader(source, text, problems).document();
    } catch (Broken e) {
      problems.fatal(Place.root(new Origin(source, e.line)), e.text);
    } catch (MarkedYamlEngineException e) {
      problems.fatal(Place.root(new Origin(source, line(e))), describe(e));
    } catch (RuntimeException e) {
      // Whatever else the parser throws on odd input is still the file's fault, not the agent's.
      problems.fatal(
          Place.root(new Origin(source, 0)),
          "not valid YAML: " + Printable.of(String.valueOf(e.getMessage())));
    }
    return null;
  }

  /** The parser would refuse them as well, but without a line. */
  private static void refuseControls(String text) {
    int line = 1;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int c = text.codePointAt(at);
      line += c == '\n' ? 1 : 0;
      if (!StreamReader.isPrintable(c)) {
        throw new Broken(line, "character U+%04X (expected: text)".formatted(c));
      }
    }
  }

  private Node document() {
    events.next(); // the stream's start
    if (!(events.next() instanceof DocumentStartEvent)) {
      return new Nothing(new Origin(source, 0));
    }
    Node root = node(events.next(), Place.root(new Origin(source, 0)), 0);
    events.next(); // the document's end
    Event next = events.next();
    if (next instanceof DocumentStartEvent) {
      problems.note(Place.root(origin(next)), "a second YAML document: not read, as in Traefik");
    }
    return root;
  }

  private Node node(Event event, Place place, int depth) {
    if (depth > MAX_DEPTH) {
      throw broken(event, "nested too deeply (expected: at most " + MAX_DEPTH + " levels)");
    }
    int before = nodes;
    count(event, 1);
    if (event instanceof AliasEvent alias) {
      return resolve(alias);
    }
    Node node;
    if (event instanceof ScalarEvent scalar) {
      node = scalar(scalar);
    } else if (event instanceof SequenceStartEvent) {
      node = list(event, place, depth);
    } else {
      node = block(event, place, depth);
    }
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, nodes - before)));
    return node;
  }

  private Node resolve(AliasEvent alias) {
    String name = alias.getAlias().getValue();
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      String printable = Printable.of("*" + name);
      throw broken(alias, printable + " (expected: an anchor that stands complete before it)");
    }
    count(alias, anchored.nodes);
    return anchored.node;
  }

  private Node scalar(ScalarEvent scalar) {
    boolean isText =
        !scalar.isPlain() || scalar.getTag().filter(t -> !t.endsWith(":null")).isPresent();
    return !isText && NULLS.contains(scalar.getValue())
        ? new Nothing(origin(scalar))
        : new Leaf(origin(scalar), scalar.getValue(), null);
  }

  private Node list(Event start, Place place, int depth) {
    List<@Nullable Node> items = new ArrayList<>();
    for (Event next = events.next(); next instanceof NodeEvent; next = events.next()) {
      items.add(node(next, place.item(items.size(), origin(next)), depth + 1));
    }
    return new Items(origin(start), items, false);
  }

  private Node block(Event start, Place place, int depth) {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Node> merged = new LinkedHashMap<>();
    for (Event next = events.next(); next instanceof NodeEvent; next = events.next()) {
      boolean isMerge =
          next instanceof ScalarEvent key && key.isPlain() && key.getValue().equals("<<");
      String key = key(next);
      Place at = place.key(key, origin(next));
      Node value = node(events.next(), at, depth + 1);
      if (isMerge) {
        addMerged(next, merged, value);
        continue;
      }
      Node earlier = entries.putIfAbsent(key, value.at(at.origin()));
      if (earlier != null) {
        problems.fatal(at, "given twice (first on line " + earlier.origin().line() + ")");
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new Block(origin(start), entries);
  }

  private static String key(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getValue();
    }
    throw broken(event, "a list, block or alias as a key (expected: text)");
  }

  /** YAML 1.1's merge key, which Traefik's parser knows too: the block's own keys win. */
  private void addMerged(Event key, Map<String, Node> merged, Node value) {
    List<@Nullable Node> sources = new ArrayList<>();
    if (value instanceof Items list) {
      sources.addAll(list.items());
    } else {
      sources.add(value);
    }
    for (Node each : sources) {
      if (!(each instanceof Block block)) {
        throw broken(key, "<< (expected: a block, or a list of blocks)");
      }
      block.entries().forEach(merged::putIfAbsent);
    }
  }

  private void count(Event event, int more) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw broken(
          event, "too large (expected: at most " + MAX_NODES + " values, aliases counted)");
    }
  }

  private Origin origin(Event event) {
    return new Origin(source, lineOf(event));
  }

  private static int lineOf(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static int line(MarkedYamlEngineException e) {
    return e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String describe(MarkedYamlEngineException e) {
    int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
    String where = e.getContext() == null ? "" : e.getContext() + ", ";
    return "not valid YAML, column " + column + ": " + Printable.of(where + e.getProblem());
  }

  private static Broken broken(Event event, String text) {
    return new Broken(lineOf(event), text);
  }

  /** A node with the number of nodes that it stands for. */
  private record Anchored(Node node, int nodes) {}

  /** Ends the reading of a document. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String text;

    Broken(int line, String text) {
      super(text, null, false, false);
      this.line = line;
      this.text = text;
    }
  }
}
