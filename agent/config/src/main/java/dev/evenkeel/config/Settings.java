package dev.evenkeel.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The agent's options as given from outside the file. Precedence: agent argument, then system
 * property {@code evenkeel.<key>}, then environment {@code EVENKEEL_<KEY>}. Immutable.
 *
 * <p>Loaded in premain: java.base only, nothing that opens a file.
 */
public final class Settings {
  private static final String PREFIX = "evenkeel.";

  private final Map<String, String> arguments;
  private final Map<String, String> properties;
  private final Map<String, String> environment;

  private Settings(
      Map<String, String> arguments,
      Map<String, String> properties,
      Map<String, String> environment) {
    this.arguments = arguments;
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * Reads the three sources once.
   *
   * @param agentArguments {@code key=value,key=value} as it stands after {@code -javaagent:jar=};
   *     null if absent
   * @param system system properties by full name
   * @param environment environment variables
   */
  public static Settings of(
      @Nullable String agentArguments,
      Map<String, String> system,
      Map<String, String> environment) {
    Map<String, String> properties = new TreeMap<>();
    system.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            properties.put(name.substring(PREFIX.length()), value);
          }
        });
    return new Settings(parseArguments(agentArguments), properties, Map.copyOf(environment));
  }

  /**
   * The value of an option.
   *
   * @param key without the {@code evenkeel.} prefix, as {@code config} or {@code log.level}
   * @return null if no source gives it
   */
  public @Nullable String get(String key) {
    String value = arguments.get(key);
    if (value == null) {
      value = properties.get(key);
    }
    if (value == null) {
      value = environment.get(environmentName(key));
    }
    return value;
  }

  /** True unless an option is given as {@code false}, in any case. */
  public boolean isEnabled(String key) {
    return !"false".equalsIgnoreCase(get(key));
  }

  /**
   * Every option whose key starts with a prefix, from arguments and system properties, arguments
   * first; keys keep the prefix. The environment takes no part: its names cannot be turned back
   * into keys.
   */
  public Map<String, String> startingWith(String prefix) {
    Map<String, String> found = new TreeMap<>();
    properties.forEach((key, value) -> putIfPrefixed(found, prefix, key, value));
    arguments.forEach((key, value) -> putIfPrefixed(found, prefix, key, value));
    return found;
  }

  private static void putIfPrefixed(
      Map<String, String> found, String prefix, String key, String value) {
    if (key.startsWith(prefix)) {
      found.put(key, value);
    }
  }

  private static String environmentName(String key) {
    return (PREFIX + key).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static Map<String, String> parseArguments(@Nullable String agentArguments) {
    Map<String, String> parsed = new TreeMap<>();
    if (agentArguments == null) {
      return parsed;
    }
    for (String pair : agentArguments.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parsed.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
      }
    }
    return parsed;
  }
}
