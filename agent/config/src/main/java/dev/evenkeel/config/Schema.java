package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.List;

/** The top level of a configuration file. Immutable. */
final class Schema {
  private static final Group HTTP =
      Group.maybeEmpty(
          Option.of("services", new MapOf(HttpServiceKeys.SERVICE), null, "What is balanced."),
          Option.of("routers", HttpOtherKeys.ROUTERS, null, "Rules that choose a service.")
              .noted(
                  "routers are not evaluated by this version: a service answers to its own name"),
          Option.of("middlewares", HttpOtherKeys.MIDDLEWARES, null, "Changes to a call.")
              .noted("middlewares are not applied by this version"),
          Option.of(
              "serversTransports",
              new MapOf(HttpTransportKeys.TRANSPORT),
              null,
              "How TLS is spoken with servers."));

  /** Unknown keys are ignored at this level only, as in Traefik. */
  static final Group ROOT = new Group(options(), Group.Empty.SWITCH, true);

  private Schema() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>();
    options.add(Option.of("http", HTTP, null, "HTTP services, and what Traefik does with them."));
    options.addAll(StreamKeys.TOP_LEVEL);
    options.add(
        Option.of("evenkeel", AgentOptions.FileSection.GROUP, null, "What Traefik does not have."));
    return List.copyOf(options);
  }
}
