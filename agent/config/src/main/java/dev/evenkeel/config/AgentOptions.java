package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declarations of the agent's own options, by the dotted key that follows {@code evenkeel.}.
 * Immutable.
 */
final class AgentOptions {
  /** Not as many spellings as Traefik's flags have: premain compares with {@code false} alone. */
  private static final Scalar FLAG = new Scalar.OneOf(List.of("true", "false"));

  private static final Scalar.Text TEXT = Scalar.Text.ANY;

  /** The names of adapters. */
  static final List<String> ADAPTERS =
      List.of(
          "okhttp",
          "httpclient5",
          "httpclient4",
          "httpasyncclient4",
          "jdk-httpclient",
          "url-connection");

  private static final Option CONFIG =
      Option.of(
          "config",
          TEXT,
          null,
          "The configuration: a `.yml`, `.yaml` or `.toml` file, or a directory of them.");
  private static final Option ENABLED =
      Option.of(
          "enabled",
          FLAG,
          "true",
          "`false`: nothing is instrumented, no thread is started. In the file, which is read later:"
              + " all calls are left alone.");
  private static final Option ADAPTER_ENABLED =
      Option.of(
          "adapters.<name>.enabled",
          FLAG,
          "true",
          "`false`: the calls of this client are left alone. Names: `"
              .concat(String.join("`, `", ADAPTERS))
              .concat("`. Asked when the client makes its first call, and not again."));
  private static final Option LOG_LEVEL =
      Option.of(
          "log.level",
          new Scalar.OneOf(List.of("error", "warn", "info", "debug")),
          "info",
          "What is logged: this level and those before it.");
  private static final Option LOG_FILE =
      Option.of("log.file", TEXT, null, "The log's file. Absent: standard error.");
  private static final Option LOG_MAX_SIZE =
      Option.of(
          "log.maxSize",
          new Scalar.Whole(1, Long.MAX_VALUE),
          "10485760",
          "Bytes after which the log's file is rotated.");
  private static final Option LOG_FILES =
      Option.of("log.files", new Scalar.Whole(0, 1000), "3", "Rotated files that are kept.");
  private static final Option SERVICES =
      Option.of(
          "services.<name>",
          new Scalar.Text("list of [weight*]url", "list of `[weight*]url`"),
          null,
          "A service without a file: its servers, separated by commas.");

  /** All of them. */
  static final List<Option> ALL =
      List.of(
          CONFIG, ENABLED, ADAPTER_ENABLED, LOG_LEVEL, LOG_FILE, LOG_MAX_SIZE, LOG_FILES, SERVICES);

  private AgentOptions() {}

  /** The declaration of a dotted key; null if it is unknown. */
  static @Nullable Option find(String key) {
    for (Option option : ALL) {
      if (matches(option.name(), key)) {
        return option.equals(ADAPTER_ENABLED) && !isAdapter(key) ? null : option;
      }
    }
    return null;
  }

  /** Every key that there may be, but for services, whose names are the user's. */
  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Option option : ALL) {
      if (option.equals(ADAPTER_ENABLED)) {
        ADAPTERS.forEach(name -> keys.add(option.name().replace("<name>", name)));
      } else {
        keys.add(option.name());
      }
    }
    return keys;
  }

  private static boolean isAdapter(String key) {
    int end = key.length() - ".enabled".length();
    return ADAPTERS.contains(key.substring("adapters.".length(), end));
  }

  private static boolean matches(String declared, String key) {
    int name = declared.indexOf("<name>");
    if (name < 0) {
      return declared.equals(key);
    }
    String before = declared.substring(0, name);
    String after = declared.substring(name + "<name>".length());
    return key.length() > before.length() + after.length()
        && key.startsWith(before)
        && key.endsWith(after);
  }

  /**
   * The top-level section {@code evenkeel} of the file. Kept apart from the list above, so that
   * premain does not load it.
   */
  static final class FileSection {
    private static final Group HASH =
        Group.own(
            Option.of(
                "key",
                Scalar.Text.ANY,
                "jvm",
                "`header:<name>`, `cookie:<name>`, `query:<name>`, `path:<n>` (the n-th segment),"
                    + " `thread` or `jvm`."));

    private static final Scalar THRESHOLD = new Scalar.Whole(1, 1000);

    private static final Scalar PERCENT = new Scalar.Whole(0, 100);

    private static final Group HEALTH_CHECK =
        Group.own(
            Option.of(
                "healthyThreshold",
                THRESHOLD,
                "1",
                "Good probes in a row that bring a server up. The first probe of a new server"
                    + " decides at once."),
            Option.of(
                "unhealthyThreshold",
                THRESHOLD,
                "1",
                "Failed probes in a row that take a server down."),
            Option.of(
                "weightHeader",
                Scalar.Text.ANY,
                null,
                "The header of a probe's answer in which a server says its own share, as"
                    + " `X-Evenkeel-Weight`: `50%`, or `drain` for no new sessions, or `drain 300` for"
                    + " an end of the old ones in 300 s, too. Absent: none is looked at. Not in mode `grpc`."));

    private static final Group SATURATION =
        Group.own(
            Option.of(
                "status",
                new ListOf(new Scalar.Whole(400, 599)),
                null,
                "Statuses by which a server, asked by a call or a probe, says that it is busy."
                    + " Required."),
            Option.of(
                "duration",
                new Scalar.Time(),
                "5s",
                "For how long it is taken at its word, where `Retry-After` does not say; an hour"
                    + " at most if it does."));

    private static final Group EJECTION =
        Group.own(
            Option.of(
                "maxPercent",
                PERCENT,
                "50",
                "Of the service's weight. One server may always be ejected, but never the last one"
                    + " that takes calls, unless a parent goes by the service's health. 100: even"
                    + " that one, as in Traefik; 0: none."));

    private static final Group STICKY =
        Group.own(
            Option.of(
                "key",
                Scalar.Text.ANY,
                null,
                "What tells sessions apart, as in `hash.key`. This or `learn` is required."),
            Option.of(
                "learn",
                Scalar.Text.ANY,
                null,
                "`cookie:<name>` or `header:<name>`, such as `cookie:JSESSIONID`: a session stays"
                    + " on the server whose answer gave it that value."),
            Option.of("ttl", new Scalar.Time(), "30m", "Since the last call of a session."),
            Option.of(
                "maxSessions",
                new Scalar.Whole(1, Integer.MAX_VALUE),
                "100000",
                "The sessions beyond it that matter least are forgotten."));

    private static final Group DNS =
        Group.maybeEmpty(
            Option.of(
                "interval",
                new Scalar.Time(),
                "30s",
                "From one look-up of a name to the next, 1 s or more."));

    private static final Group DRAINED =
        Group.own(
            Option.of("url", Scalar.Text.ANY, null, "Required: one of the service's servers."),
            Option.of(
                "within",
                new Scalar.Time(),
                "10m",
                "For how long its sessions may go on, from when the configuration first names it;"
                    + " 0: they move at once."));

    static final Group SERVICE =
        Group.own(
            Option.of(
                "sticky",
                STICKY,
                null,
                "Sticky sessions that this process remembers, for clients without a cookie store."),
            Option.of(
                "hash",
                HASH,
                null,
                "What `hrw` and `highestRandomWeight` tell calls apart by; a call without it takes"
                    + " turns."),
            Option.of("saturation", SATURATION, null, "Servers that are busy and not dead."),
            Option.of(
                "slowStart",
                new Scalar.Time(),
                "0s",
                "For how long the share of a server that returns grows, from 10 % to 100 %; 0: it"
                    + " has the whole at once. Not when the application starts."),
            Option.of("ejection", EJECTION, null, "Limits of `passiveHealthCheck`."),
            Option.of(
                "panicThreshold",
                PERCENT,
                "0",
                "While less than this percent of the weight is up, health is ignored; 0: never."),
            Option.of(
                "healthCheck", HEALTH_CHECK, null, "What Traefik's `healthCheck` does not have."),
            Option.of(
                "dns",
                DNS,
                null,
                "A server per address of a URL's name, in place of one server per URL; `{}` for the"
                    + " defaults. With `https` servers, TLS is spoken for the name as a servers transport speaks it."),
            Option.of(
                "fenced",
                new ListOf(Scalar.Text.ANY),
                null,
                "URLs of the servers that take no new sessions and no calls without one."),
            Option.of(
                "drained",
                new ListOf(DRAINED),
                null,
                "Servers that are fenced, and whose sessions move after a while."));

    static final Group GROUP =
        Group.own(
            CONFIG.noted("has no effect in the file itself"),
            ENABLED,
            Option.of("adapters", adapters(), null, ""),
            Option.of(
                "log",
                Group.own(
                    LOG_LEVEL.local(), LOG_FILE.local(), LOG_MAX_SIZE.local(), LOG_FILES.local()),
                null,
                ""),
            Option.of("services", new MapOf(SERVICE), null, ""));

    private FileSection() {}

    private static Group adapters() {
      Group one = Group.own(ADAPTER_ENABLED.local());
      return Group.own(
          ADAPTERS.stream().map(name -> Option.of(name, one, null, "")).toArray(Option[]::new));
    }
  }
}
