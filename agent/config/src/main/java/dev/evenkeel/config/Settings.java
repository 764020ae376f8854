package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The agent's options. Precedence: agent argument, then system property {@code evenkeel.<key>},
 * then environment {@code EVENKEEL_<KEY>}, then the file's section {@code evenkeel} once it was
 * read ({@link Configuration#settings()}), then the declared default. Immutable.
 *
 * <p>Loaded in premain: java.base only, nothing that opens a file, and on the way to {@link #get}
 * no lambda and no joined strings, whose bootstrap costs more than all the rest.
 */
public final class Settings {
  private static final String PREFIX = "evenkeel.";
  private static final String SERVICES = "EVENKEEL_SERVICES_";
  private static final String ADAPTERS = "EVENKEEL_ADAPTERS_";
  private static final String ENABLED = "_ENABLED";

  private final Arguments arguments;
  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final Map<String, String> system;
  private final Map<String, String> file;

  private Settings(
      Arguments arguments,
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> system,
      Map<String, String> file) {
    this.arguments = arguments;
    this.properties = properties;
    this.environment = environment;
    this.system = system;
    this.file = file;
  }

  /**
   * Reads the three sources once.
   *
   * @param agentArguments {@code key=value,key=value} as it stands after {@code -javaagent:jar=};
   *     null if absent. What follows a comma and does not look like {@code key=} belongs to the
   *     value before it, so that a value may hold a list
   * @param system system properties by full name
   * @param environment environment variables
   */
  public static Settings of(
      @Nullable String agentArguments,
      Map<String, String> system,
      Map<String, String> environment) {
    Map<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, String> each : system.entrySet()) {
      if (each.getKey().startsWith(PREFIX)) {
        properties.put(each.getKey().substring(PREFIX.length()), each.getValue());
      }
    }
    return new Settings(
        Arguments.parse(agentArguments),
        properties,
        new HashMap<>(environment),
        new HashMap<>(system),
        Map.of());
  }

  /**
   * The value of an option.
   *
   * @param key without the {@code evenkeel.} prefix, as {@code config} or {@code log.level}
   * @return null if no source gives it
   */
  public @Nullable String get(String key) {
    String value = arguments.byKey().get(key);
    if (value == null) {
      value = properties.get(key);
    }
    if (value == null) {
      value = environment.get(environmentName(key));
    }
    return value == null ? file.get(key) : value;
  }

  /**
   * The value of an option, or its declared default.
   *
   * @param key as in {@link #get}
   * @return null if no source gives it and it has no default
   * @throws IllegalArgumentException if no such option is declared
   */
  public @Nullable String getOrDefault(String key) {
    Option option = AgentOptions.find(key);
    if (option == null) {
      throw new IllegalArgumentException(key + " (expected: a declared option)");
    }
    String value = get(key);
    return value == null ? option.fallback() : value;
  }

  /** True unless an option is given as {@code false}, in any case. */
  public boolean isEnabled(String key) {
    return !"false".equalsIgnoreCase(get(key));
  }

  /**
   * Every option whose key starts with a prefix, from arguments, system properties and the file, in
   * this precedence; keys keep the prefix. The environment takes no part: its names cannot be
   * turned back into keys.
   */
  public Map<String, String> startingWith(String prefix) {
    Map<String, String> found = new TreeMap<>();
    for (Map<String, String> source : List.of(file, properties, arguments.byKey())) {
      for (Map.Entry<String, String> each : source.entrySet()) {
        if (each.getKey().startsWith(prefix)) {
          found.put(each.getKey(), each.getValue());
        }
      }
    }
    return found;
  }

  /** The configuration file; null if there is none. An empty name leaves the option out. */
  public @Nullable String file() {
    String name = get("config");
    return name == null || name.isBlank() ? null : name;
  }

  /** Where the configuration is, for people; empty if no source names any. */
  public String source() {
    String path = file();
    boolean hasServices = hasServiceProperty() || hasServiceVariable();
    if (path == null) {
      return hasServices ? "properties" : "";
    }
    return hasServices ? path + " and properties" : path;
  }

  private boolean hasServiceProperty() {
    for (Map<String, String> source : List.of(properties, arguments.byKey())) {
      for (String key : source.keySet()) {
        if (key.startsWith("services.") || key.startsWith("http.")) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasServiceVariable() {
    for (String name : environment.keySet()) {
      if (name.startsWith(SERVICES)) {
        return true;
      }
    }
    return false;
  }

  /** The same with the file's section below the other sources. */
  Settings withFile(Map<String, String> section) {
    return new Settings(arguments, properties, environment, system, section);
  }

  Placeholders placeholders() {
    return new Placeholders(environment, system);
  }

  /** Parts of the agent argument that have no key. */
  List<String> strayArguments() {
    return arguments.stray();
  }

  /**
   * All that was given outside the file, lowest precedence first. Of the environment only what
   * names an option: in a container platform others may well begin with the same letters.
   */
  List<Given> given() {
    List<Given> given = new ArrayList<>();
    for (Map.Entry<String, String> each : new TreeMap<>(environment).entrySet()) {
      String key = environmentKey(each.getKey());
      if (key != null) {
        given.add(new Given(key, each.getValue(), new Origin(each.getKey(), 0)));
      }
    }
    addGiven(given, PREFIX, properties);
    addGiven(given, "agent argument ", arguments.byKey());
    return given;
  }

  /** A service's shorthand first, so that the single keys of the same source win over it. */
  private static void addGiven(List<Given> given, String prefix, Map<String, String> source) {
    for (boolean isShorthand : new boolean[] {true, false}) {
      for (Map.Entry<String, String> each : source.entrySet()) {
        if (each.getKey().startsWith("services.") == isShorthand) {
          Origin origin = new Origin(prefix + each.getKey(), 0);
          given.add(new Given(each.getKey(), each.getValue(), origin));
        }
      }
    }
  }

  /** The key of a variable; null if it names no option. */
  private static @Nullable String environmentKey(String variable) {
    if (variable.length() > SERVICES.length() && variable.startsWith(SERVICES)) {
      return "services.".concat(nameIn(variable.substring(SERVICES.length())));
    }
    int end = variable.length() - ENABLED.length();
    if (end > ADAPTERS.length() && variable.startsWith(ADAPTERS) && variable.endsWith(ENABLED)) {
      String name = nameIn(variable.substring(ADAPTERS.length(), end));
      return "adapters.".concat(name).concat(".enabled");
    }
    for (Option option : AgentOptions.ALL) {
      if (environmentName(option.name()).equals(variable)) {
        return option.name();
      }
    }
    return null;
  }

  /** A variable cannot hold a dash, and names hold one far more often than a dot. */
  private static String nameIn(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String environmentName(String key) {
    return PREFIX.concat(key).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * One value from outside the file. Immutable.
   *
   * @param key without the {@code evenkeel.} prefix
   */
  record Given(String key, String value, Origin origin) {}

  /** The agent argument, taken apart. Immutable. */
  private record Arguments(Map<String, String> byKey, List<String> stray) {
    static Arguments parse(@Nullable String text) {
      Map<String, String> byKey = new TreeMap<>();
      List<String> stray = new ArrayList<>();
      String key = null;
      for (String part : text == null ? new String[0] : text.split(",", -1)) {
        int equals = keyEnd(part);
        if (equals > 0) {
          key = part.substring(0, equals).trim();
          byKey.put(key, part.substring(equals + 1).trim());
        } else if (key != null) {
          byKey.put(key, String.join(",", byKey.get(key), part));
        } else if (!part.isBlank()) {
          stray.add(part);
        }
      }
      return new Arguments(byKey, stray);
    }

    /** Where {@code key=} ends; 0 if the part does not begin like that. */
    private static int keyEnd(String part) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? "" : part.substring(0, equals).trim();
      for (int i = 0; i < key.length(); i++) {
        if (!isKeyPart(key.charAt(i))) {
          return 0;
        }
      }
      return key.isEmpty() ? 0 : equals;
    }

    private static boolean isKeyPart(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "._[]-".indexOf(c) >= 0;
    }
  }
}
