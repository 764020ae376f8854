package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the options of {@code evenkeel.services.<name>} from the shorthand of a service, where both
 * are properties: the name of a service may hold dots, so a key that ends as an option does is that
 * option. Blocks are no options of their own here: {@code shop.dns} is a service. Immutable.
 */
final class ServiceOptions {
  private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");
  private static final Pattern ITEM = Pattern.compile("\\[[0-9]+]$");

  private static final List<String> NAMES = names();

  private static final Set<String> PATHS =
      NAMES.stream().map(ServiceOptions::path).collect(Collectors.toSet());

  private ServiceOptions() {}

  /**
   * Whether a key names an option.
   *
   * @param key what follows {@code evenkeel.services.}
   */
  static boolean isOption(String key) {
    String path = path(key);
    for (int dot = path.indexOf('.', 1); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (PATHS.contains(path.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The option that a key was most likely meant to name.
   *
   * @param key what follows {@code evenkeel.services.}, and is no option
   * @return with the service's name before it; null if the key looks like a service's name
   */
  static @Nullable String nearest(String key) {
    String item = ITEM.matcher(key).replaceAll("");
    for (int dot = item.indexOf('.', 1); dot > 0; dot = item.indexOf('.', dot + 1)) {
      String option = Nearest.find(item.substring(dot + 1), NAMES);
      if (option != null) {
        return item.substring(0, dot + 1) + option;
      }
    }
    return null;
  }

  private static String path(String key) {
    return INDEX.matcher(key).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    add(names, "", AgentOptions.FileSection.SERVICE);
    return List.copyOf(names);
  }

  private static void add(List<String> names, String prefix, Kind kind) {
    if (kind instanceof ListOf list && list.item() instanceof Group item) {
      add(names, prefix + "[0]", item);
    } else if (kind instanceof Group group) {
      String before = prefix.isEmpty() ? "" : prefix + ".";
      group.options().forEach(option -> add(names, before + option.name(), option.kind()));
    } else {
      names.add(prefix);
    }
  }
}
