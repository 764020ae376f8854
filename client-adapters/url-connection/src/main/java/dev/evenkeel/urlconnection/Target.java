package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import java.net.MalformedURLException;
import java.net.URL;

/**
 * A server as the JDK's classes take it. Immutable.
 *
 * @param server where to connect to
 * @param url names the server's host and port, in brackets where it is an IPv6 literal
 * @param cacheKey under which idle connections to the server are kept: a host that no application
 *     can call, so that no call shares them but those to this server with the same TLS
 */
record Target(Server server, URL url, URL cacheKey) {
  static Target of(Server server) throws MalformedURLException {
    String scheme = server.scheme();
    ServerTls tls = server.tls();
    String kind = tls == null ? scheme : scheme + "." + tls.id();
    String keyHost = kind + "." + server.host().replaceAll("[:%]", "-") + ".evenkeel.invalid";
    return new Target(
        server,
        new URL(scheme, server.host(), server.port(), ""),
        new URL("http", keyHost, server.port(), ""));
  }

  /** The host to dial, to name in the handshake, and to verify. */
  String host() {
    return url.getHost();
  }

  int port() {
    return server.port();
  }

  boolean isTls() {
    return server.scheme().equals("https");
  }
}
