package dev.evenkeel.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the options of {@code evenkeel.services.<name>} from the shorthand of a service, where both
 * are properties: the name of a service may hold dots, so a key that ends as an option does is that
 * option. Blocks are no options of their own here: {@code shop.dns} is a service. Immutable.
 */
final class ServiceOptions {
  private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

  private static final Set<String> PATHS = paths();

  private ServiceOptions() {}

  /**
   * Whether a key names an option.
   *
   * @param key what follows {@code evenkeel.services.}
   */
  static boolean isOption(String key) {
    String path = INDEX.matcher(key).replaceAll("").toLowerCase(Locale.ROOT);
    for (int dot = path.indexOf('.', 1); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (PATHS.contains(path.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> paths() {
    Set<String> paths = new HashSet<>();
    add(paths, "", AgentOptions.FileSection.SERVICE);
    return paths;
  }

  private static void add(Set<String> paths, String prefix, Kind kind) {
    if (kind instanceof ListOf list && list.item() instanceof Group item) {
      add(paths, prefix, item);
    } else if (kind instanceof Group group) {
      String before = prefix.isEmpty() ? "" : prefix + ".";
      group.options().forEach(option -> add(paths, before + option.name(), option.kind()));
    } else {
      paths.add(prefix.toLowerCase(Locale.ROOT));
    }
  }
}
