package dev.evenkeel.scenarios.differential;

import java.util.List;
import java.util.Locale;

/** The differences that are known and meant, each with its reason. Immutable. */
final class Declared {
  /** What differs between the agent and the server itself. */
  static final List<Quirk> AGENT =
      List.of(
          Quirk.part(
              "OkHttp tells the address that it connects to, which is the server's",
              "okhttp.*",
              "^(application event connect(?:Start|End)) .*"),
          Quirk.lines(
              "OkHttp looks up the server's host, which here is an address",
              "okhttp.*",
              "application event dns(Start|End) .*"),
          Quirk.part(
              "OkHttp's Connection names its route by the address, which is the server's",
              "okhttp.*",
              "^(application route to) \\S+"),
          Quirk.lines(
              "the JDK looks for a connection, and first in the cache, for one redirect more than"
                  + " it follows; the agent picks no server for that",
              "url-connection[^/]*/redirect-loop",
              "application cache asked for .*"));

  /** What the HAProxy that speaks HTTP/2 for the server hides, and may do either way. */
  static final List<Quirk> FRONT =
      List.of(
          Quirk.lines(
              "HAProxy keeps a connection to the server for the next client, if it is in time",
              "[^/]+-h2/socket-.*",
              "server connection \\d+"));

  /** What HAProxy adds to it, or leaves out. */
  static final List<Quirk> PROXY =
      List.of(
          Quirk.rewritten(
              "HAProxy writes the names of header fields in lower case",
              ".*",
              "^(application|server) (header|trailer) [^:]*:",
              found -> found.group().toLowerCase(Locale.ROOT)),
          Quirk.lines(
              "either side of a proxy has its own connections, and says which end",
              ".*",
              "(?i)(application|server) header (connection|keep-alive): .*"),
          Quirk.lines(
              "HAProxy shares its connections to the server among clients",
              ".*",
              "server connection \\d+"),
          Quirk.lines(
              "HAProxy keeps the client's connection where the server ends its own",
              "okhttp[^/]*/closed",
              "application event (proxySelect|connect)(Start|End)\\b.*"),
          Quirk.lines(
              "HAProxy offers no upgrade to HTTP/2 for a request that has a body",
              "jdk-httpclient/.*",
              "server header upgrade: h2c"),
          Quirk.lines(
              "HAProxy answers 502 where the server's answer has no head",
              ".*/(cut-head|dropped|dropped-post|nonsense|socket-gone)",
              ".*"),
          Quirk.lines(
              "HAProxy answers 502 where the server's 101 is no upgrade",
              ".*/socket-upgrade-missing",
              "application .*"));

  private Declared() {}
}
