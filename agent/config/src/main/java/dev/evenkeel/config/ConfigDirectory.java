package dev.evenkeel.config;

import java.io.File;
import java.util.Map;

/**
 * Reads a directory of configuration files: each on its own, then all as one tree, in which the
 * first file that gives a name has it. Not thread-safe; one per load.
 */
final class ConfigDirectory {
  private final String name;
  private final Context context;
  private boolean isWhole = true;

  ConfigDirectory(String name, Context context) {
    this.name = name;
    this.context = context;
  }

  /** The tree of all files that are not broken; what is wrong with the others is a problem. */
  Node.Block read(ConfigFiles found) {
    Node.Block empty = new Node.Block(new Origin(name, 0), Map.of());
    if (!found.problem().isEmpty()) {
      refuse(found.problem());
      return empty;
    }
    if (found.files().isEmpty()) {
      // Most likely it is being emptied, or is not mounted yet.
      refuse("an empty directory (expected: a .yml, .yaml or .toml file in it)");
      return empty;
    }
    return merged(found, empty);
  }

  private Node.Block merged(ConfigFiles found, Node.Block empty) {
    FirstWins trees = new FirstWins(context);
    Node.Block merged = empty;
    for (File file : found.files()) {
      Node.Block tree = new ConfigFile(file.getPath(), context.problems()).readAmongOthers();
      if (tree == null) {
        isWhole = false;
      } else {
        merged = trees.put(merged, EvenkeelSection.undotted(tree));
      }
    }
    return merged;
  }

  /** False once files could not be read: names that seem to be missing may stand in them. */
  boolean isWhole() {
    return isWhole;
  }

  private void refuse(String text) {
    isWhole = false;
    context.problems().fatal(Place.root(new Origin(name, 0)), text);
  }
}
