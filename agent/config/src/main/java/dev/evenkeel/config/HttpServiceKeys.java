package dev.evenkeel.config;

import java.util.List;

/** The declarations of {@code http.services.<name>}: every key that Traefik knows. Immutable. */
final class HttpServiceKeys {
  private static final Scalar.Text TEXT = Scalar.Text.ANY;
  private static final Scalar FLAG = new Scalar.Flag();
  private static final Scalar TIME = new Scalar.Time();
  private static final String NO_EFFECT = "has no effect in a file, as in Traefik";

  private static final Group COOKIE =
      Group.maybeEmpty(
          Option.of(
              "name",
              TEXT,
              null,
              "Cookie name; characters that a name cannot hold become `_`. Absent: derived from"
                  + " the service's name, as Traefik does."),
          Option.of("secure", FLAG, "false", "Adds `Secure`."),
          Option.of("httpOnly", FLAG, "false", "Adds `HttpOnly`."),
          Option.of("sameSite", TEXT, "", "`none`, `lax` or `strict`; anything else adds nothing."),
          Option.of(
              "maxAge",
              Scalar.Whole.INT,
              "0",
              "`Max-Age` in seconds; 0 adds nothing, a negative number gives `Max-Age=0`."),
          Option.of("path", TEXT, "/", "`Path`; empty adds nothing."),
          Option.of("domain", TEXT, "", "`Domain`; empty adds nothing."));

  private static final Group STICKY =
      Group.maybeEmpty(
          Option.of("cookie", COOKIE, null, "Sticky sessions by a cookie that names the server."));

  private static final Group HEALTH_CHECK =
      Group.of(
          Option.of(
              "path",
              TEXT,
              "",
              "Resolved against the server's URL; may hold a query. Empty: the URL's own path."),
          Option.of(
              "scheme",
              TEXT,
              "",
              "`http`, `https` or `h2c`. Empty: the server's; in mode `grpc` with a `port`:"
                  + " `http`."),
          Option.of(
              "mode",
              TEXT,
              "http",
              "`http`, or `grpc`: gRPC's health protocol, for the server as a whole; `SERVING` is"
                  + " healthy. `https` goes through TLS, which Traefik cannot. `path`, `method`,"
                  + " `status` and `followRedirects` have no effect then."),
          Option.of("hostname", TEXT, "", "The probe's `Host`. Empty: the server's."),
          Option.of("port", new Scalar.Whole(0, 65_535), "0", "0: the server's."),
          Option.of("method", TEXT, "GET", "Sent as written."),
          Option.of(
              "status",
              new Scalar.Whole(0, 999),
              "0",
              "The one healthy status; 0: every status of 200..399."),
          Option.of(
              "interval",
              TIME,
              "30s",
              "Between probes of a healthy server. Not above `timeout`: a second more than that."),
          Option.of(
              "unhealthyInterval",
              TIME,
              null,
              "Between probes of an unhealthy server. Absent: `interval`."),
          Option.of(
              "timeout",
              TIME,
              "5s",
              "Over the whole probe, up to the response's headers, or gRPC's answer."),
          Option.of(
              "followRedirects",
              FLAG,
              "true",
              "Follow up to 10 redirects; `false`: the redirect's own status is judged."),
          Option.of(
              "headers",
              new MapOf(TEXT),
              null,
              "Sent with the probe; a `Host` in here has no effect, use `hostname`."));

  static final Scalar.Whole WEIGHT = new Scalar.Whole(0, 65_535);

  private static final Group SERVER =
      Group.of(
          Option.of(
              "url",
              TEXT,
              null,
              "Required: scheme `http`, `https` or `h2c` (HTTP/2 in plain text), host, port; no"
                  + " user info. The path is used with `preservePath` only, the query is not."),
          Option.of(
              "weight", WEIGHT, "1", "Share of the calls; 0 takes none but keeps its sessions."),
          Option.of(
              "preservePath",
              FLAG,
              "false",
              "`true`: the URL's path stands before the path of each call, with one `/` between."),
          Option.of("fenced", FLAG, "false", "Not for files.").noted(NO_EFFECT));

  private static final Group PASSIVE =
      Group.of(
          Option.of(
              "failureWindow",
              TIME,
              "10s",
              "Within which failures count, and for how long the first ejection lasts."),
          Option.of(
              "maxFailedAttempts",
              Scalar.Whole.INT,
              "1",
              "Failures in a row that eject a server: a status of 500 or more, no connection, or"
                  + " one that breaks. 1..10000: what is below or above counts as the nearest."));

  private static final Group LOAD_BALANCER =
      Group.of(
          Option.of("servers", new ListOf(SERVER), null, "The servers, in any order."),
          Option.of(
              "strategy",
              new Scalar.Text("text", "`wrr`, `p2c`, `leasttime` or `hrw`"),
              "wrr",
              "`wrr`: weighted turns, exact over each cycle; `p2c`: the turn's server or another,"
                  + " whichever is less busy; `leasttime`: the server expected to answer first;"
                  + " `hrw`: the server that `evenkeel.services.<name>.hash.key` leads to."),
          Option.of(
              "sticky", STICKY, null, "Sticky sessions; without effect with `hrw`, as in Traefik."),
          Option.of("healthCheck", HEALTH_CHECK, null, "Active probes of every server."),
          Option.of("passiveHealthCheck", PASSIVE, null, "Judging servers by the calls' outcomes."),
          Option.of(
              "passHostHeader",
              FLAG,
              "true",
              "`true`: servers see the `Host` of the application's call; `false`: their own."),
          Option.of(
              "responseForwarding",
              Group.of(
                  Option.of(
                      "flushInterval",
                      TIME,
                      "100ms",
                      "Fulfilled by construction: responses are never held back.")),
              null,
              "How responses are passed on."),
          Option.of(
              "serversTransport",
              TEXT,
              null,
              "Name of one of `http.serversTransports`, for TLS with the servers. Absent: the"
                  + " application's own TLS."));

  private static final Group EMPTY_BLOCK = Group.maybeEmpty();

  private static final Option PROPAGATE =
      Option.of("healthCheck", EMPTY_BLOCK, null, "`{}`: pass the health of children upwards.");

  private static final Option CHILDREN =
      Option.of(
          "services",
          new ListOf(
              Group.of(
                  Option.of("name", TEXT, null, "The child service. Required."),
                  Option.of(
                      "weight",
                      WEIGHT,
                      "1",
                      "Its share; 0 takes no new calls but keeps its sessions."))),
          null,
          "The child services.");

  private static final Group WEIGHTED =
      Group.of(
          CHILDREN,
          Option.of("sticky", Group.of(STICKY.options().get(0)), null, "Sticky sessions."),
          PROPAGATE);

  private static final Group MIRRORING =
      Group.of(
          Option.of("service", TEXT, null, "The service that answers. Required."),
          Option.of(
              "mirrorBody",
              FLAG,
              "true",
              "`false`: copies have no body, and say so to the mirror."),
          Option.of(
              "maxBodySize",
              Scalar.Whole.LONG,
              "-1",
              "Calls with a longer body, in bytes, are not mirrored; negative: any length."),
          Option.of(
              "mirrors",
              new ListOf(
                  Group.of(
                      Option.of("name", TEXT, null, "The service that gets copies. Required."),
                      Option.of(
                          "percent",
                          new Scalar.Whole(0, 100),
                          "0",
                          "Of the calls, the first one included; 0: none."))),
              null,
              "The services that get copies."),
          Option.of(
              "healthCheck",
              EMPTY_BLOCK,
              null,
              "`{}`: pass the health of `service` upwards; that of mirrors does not matter."));

  private static final Group FAILOVER =
      Group.of(
          Option.of("service", TEXT, null, "The service that is asked first. Required."),
          Option.of("fallback", TEXT, null, "The service that stands in for it. Required."),
          PROPAGATE,
          Option.of(
              "errors",
              Group.of(
                  Option.of(
                      "status",
                      new ListOf(new Scalar.Text("text", "status or range, `500-504`")),
                      null,
                      "Statuses for which the fallback is asked too. None: `errors` has no"
                          + " effect."),
                  Option.of(
                      "maxRequestBodyBytes",
                      Scalar.Whole.LONG,
                      "-1",
                      "Requests with a longer body are refused with 413; negative: any length.")),
              null,
              "Responses of the first service that are given up for those of the fallback."));

  /** The kinds of a service, of which it has exactly one. */
  static final List<String> TYPES =
      List.of("loadBalancer", "weighted", "highestRandomWeight", "mirroring", "failover");

  /** One service. */
  static final Group SERVICE =
      Group.of(
          Option.of("loadBalancer", LOAD_BALANCER, null, "A service that balances over servers."),
          Option.of("weighted", WEIGHTED, null, "A service that balances over services."),
          Option.of(
              "highestRandomWeight",
              Group.of(CHILDREN, PROPAGATE),
              null,
              "A service that hashes over services, by `evenkeel.services.<name>.hash.key`."),
          Option.of("mirroring", MIRRORING, null, "A service whose calls are copied to others."),
          Option.of("failover", FAILOVER, null, "A service with another that stands in for it."),
          Option.of(
              "middlewares",
              new ListOf(TEXT),
              null,
              "Not supported by this version: calls to a service that has some, and to services"
                  + " that lead to it, are left alone, which is said."));

  private HttpServiceKeys() {}
}
