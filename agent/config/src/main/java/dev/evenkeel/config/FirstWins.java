package dev.evenkeel.config;

import dev.evenkeel.config.Node.Block;
import dev.evenkeel.config.Node.Items;
import dev.evenkeel.config.Node.Nothing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the trees of several files together, as Traefik does: a name that an earlier file gives is
 * passed over with a word, and no two files share in one service. Not thread-safe; one per load.
 */
final class FirstWins {
  private final Context context;

  FirstWins(Context context) {
    this.context = context;
  }

  /** The earlier files' tree with what another file adds to it. */
  Block put(Block earlier, Block file) {
    return blocks(Schema.ROOT, earlier, file, Place.root(file.origin()));
  }

  private Node put(Kind kind, Node earlier, Node again, Place at) {
    if (again instanceof Nothing) {
      return earlier;
    }
    if (earlier instanceof Nothing) {
      return again;
    }
    if (earlier instanceof Block first && again instanceof Block second && hasParts(kind)) {
      return blocks(kind, first, second, at);
    }
    if (earlier instanceof Items first && again instanceof Items second) {
      List<@Nullable Node> items = new ArrayList<>(first.items());
      items.addAll(second.items());
      return new Items(first.origin(), items, false);
    }
    passOver(kind, earlier, again, at);
    return earlier;
  }

  /** Groups above the names, such as {@code http}, and the names themselves; not what they name. */
  private static boolean hasParts(Kind kind) {
    return kind instanceof Group || kind instanceof MapOf;
  }

  private Block blocks(Kind kind, Block earlier, Block file, Place place) {
    Map<String, Node> entries = new LinkedHashMap<>(earlier.entries());
    Set<String> options = new HashSet<>();
    for (Map.Entry<String, Node> each : file.entries().entrySet()) {
      String key = each.getKey();
      if (kind instanceof MapOf map) {
        putName(map, entries, key, each.getValue(), place);
      } else if (options.add(key.toLowerCase(Locale.ROOT)) || isIgnored((Group) kind, key)) {
        putOption((Group) kind, entries, key, each.getValue(), place);
      } else {
        Place at = place.key(key, each.getValue().origin());
        context.problems().fatal(at, Group.TWICE);
      }
    }
    return new Block(earlier.origin(), entries);
  }

  private static boolean isIgnored(Group group, String key) {
    return group.ignoresUnknown() && group.find(key) == null;
  }

  private void putOption(
      Group group, Map<String, Node> entries, String key, Node node, Place place) {
    String known = Layers.sameOption(entries, key);
    Node first = entries.get(known);
    Option option = group.find(key);
    if (first == null) {
      entries.put(key, node);
    } else if (option == null) {
      group.refuseUnknown(key, place.key(key, node.origin()), context);
    } else {
      Place at = place.key(option.name(), node.origin());
      entries.put(known, put(option.kind(), first, node, at));
    }
  }

  private void putName(MapOf map, Map<String, Node> entries, String key, Node node, Place place) {
    Node first = entries.get(key);
    if (first == null || first instanceof Nothing) {
      entries.put(key, node);
    } else if (!(node instanceof Nothing)) {
      passOver(map.entry(), first, node, place.key(key, node.origin()));
    }
  }

  /** Unknown keys and values of another type are said all the same: the file is as broken. */
  private void passOver(Kind kind, Node first, Node again, Place at) {
    Origin origin = first.origin();
    context
        .problems()
        .note(at, "given already in " + origin.source() + ":" + origin.line() + ": passed over");
    kind.decode(again, at, context);
  }
}
