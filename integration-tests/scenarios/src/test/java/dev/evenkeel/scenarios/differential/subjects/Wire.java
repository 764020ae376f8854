package dev.evenkeel.scenarios.differential.subjects;

import java.util.Set;

/** What a call of the balanced host goes over, each with a host of its own. Immutable. */
public enum Wire {
  /** HTTP/1.1 in the clear. */
  PLAIN("http", "shop.test", ""),
  /** HTTP/1.1 through TLS; the server offers nothing else. */
  TLS("https", "secure.test", "-tls"),
  /** HTTP/2 through TLS, by the clients that ask for it. */
  HTTP_2("https", "swift.test", "-h2");

  private static final Set<String> HTTP_2_SUBJECTS =
      Set.of("okhttp", "httpclient5-async", "jdk-httpclient");

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

  /** True if a client makes an exchange over this. */
  boolean carries(String subject, String exchange) {
    if (this != HTTP_2) {
      return true;
    }
    // In HTTP/2 the client of JDK 17 waits without end when it may not send its body.
    boolean isStuck = subject.equals("jdk-httpclient") && exchange.startsWith("continue-");
    return HTTP_2_SUBJECTS.contains(subject) && !isStuck;
  }

  /** True of the keys that {@link #named} begins. */
  public boolean isOf(String key) {
    String subject = key.substring(0, key.indexOf('/'));
    return this == PLAIN
        ? !subject.endsWith(TLS.suffix) && !subject.endsWith(HTTP_2.suffix)
        : subject.endsWith(suffix);
  }
}
