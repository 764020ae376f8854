package dev.evenkeel.scenarios.differential.subjects;

import java.util.Set;
import java.util.stream.Stream;

/** What a call of the balanced host goes over, each with a host of its own. Immutable. */
public enum Wire {
  /** HTTP/1.1 in the clear. */
  PLAIN("http", "shop.test", ""),
  /** HTTP/1.1 through TLS; the server offers nothing else. */
  TLS("https", "secure.test", "-tls"),
  /** HTTP/2 through TLS, by the clients that ask for it. */
  HTTP_2("https", "swift.test", "-h2"),
  /** HTTP/2 in the clear, by the clients that can begin with it. */
  HTTP_2_PLAIN("http", "bare.test", "-h2c");

  private static final Set<String> HTTP_2_SUBJECTS =
      Set.of("okhttp", "httpclient5-async", "jdk-httpclient");
  private static final Set<String> HTTP_2_PLAIN_SUBJECTS = Set.of("okhttp", "httpclient5-async");

  private static final Set<String> SOCKET_SUBJECTS = Set.of("okhttp", "jdk-httpclient");

  private final String scheme;
  private final String host;
  private final String suffix;

  Wire(String scheme, String host, String suffix) {
    this.scheme = scheme;
    this.host = host;
    this.suffix = suffix;
  }

  public String scheme() {
    return scheme;
  }

  /** The logical host. */
  public String host() {
    return host;
  }

  public boolean isSecure() {
    return scheme.equals("https");
  }

  /** The first part of the keys of a client's exchanges. */
  public String named(String subject) {
    return subject + suffix;
  }

  public boolean isHttp2() {
    return this == HTTP_2 || this == HTTP_2_PLAIN;
  }

  /** True if a client makes an exchange over this. */
  boolean carries(String subject, String exchange) {
    boolean isSocket = exchange.startsWith(SocketExchanges.PREFIX);
    if (isSocket && !SOCKET_SUBJECTS.contains(subject)) {
      return false;
    }
    if (subject.equals("jdk-httpclient") && isStuck(exchange)) {
      return false;
    }
    return switch (this) {
      case PLAIN, TLS -> true;
      case HTTP_2 -> HTTP_2_SUBJECTS.contains(subject);
      // A WebSocket begins in HTTP/1.1, which is also what the other host speaks.
      case HTTP_2_PLAIN ->
          HTTP_2_PLAIN_SUBJECTS.contains(subject)
              && !isSocket
              && !exchange.equals("redirect-other")
              && !exchange.equals("redirect-back");
    };
  }

  /**
   * In HTTP/2 the client of JDK 17 waits without end when it may not send its body; and its
   * WebSocket when the connection ends together with the beginning of a message.
   */
  private boolean isStuck(String exchange) {
    return (isHttp2() && exchange.startsWith("continue-"))
        || exchange.startsWith(SocketExchanges.CUT_WITHIN);
  }

  /** True of the keys that {@link #named} begins. */
  public boolean isOf(String key) {
    String subject = key.substring(0, key.indexOf('/'));
    return this == PLAIN
        ? Stream.of(values()).noneMatch(wire -> wire != this && wire.isOf(key))
        : subject.endsWith(suffix);
  }
}
