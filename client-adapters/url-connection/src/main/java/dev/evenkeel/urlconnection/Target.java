package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.WeakSlots;
import java.net.MalformedURLException;
import java.net.URL;

/**
 * A server as the JDK's classes take it. Immutable.
 *
 * @param server where to connect to
 * @param names what the JDK calls it
 */
record Target(Server server, Names names) {
  private static final WeakSlots<Server, Names> KNOWN = new WeakSlots<>(1024);

  /**
   * URLs of a server. Immutable.
   *
   * @param url names its host and port, in brackets where that is an IPv6 literal
   * @param cacheKey under which idle connections to the server are kept: a host that no application
   *     can call, so that no call shares them but those to this server with the same TLS
   * @param proxiedKey the same for connections through an HTTP proxy
   */
  private record Names(URL url, URL cacheKey, URL proxiedKey) {
    static Names of(Server server) throws MalformedURLException {
      String scheme = server.scheme();
      ServerTls tls = server.tls();
      String kind = tls == null ? scheme : scheme + "." + tls.id();
      String host = server.host().replace(':', '-').replace('%', '-');
      return new Names(
          new URL(scheme, server.host(), server.port(), ""),
          key(kind, host, server.port()),
          key("proxied." + kind, host, server.port()));
    }

    private static URL key(String kind, String host, int port) throws MalformedURLException {
      return new URL("http", kind + "." + host + ".evenkeel.invalid", port, "");
    }
  }

  static Target of(Server server) throws MalformedURLException {
    Names names = KNOWN.get(server);
    if (names == null) {
      names = Names.of(server);
      KNOWN.put(server, names);
    }
    return new Target(server, names);
  }

  /** Names the server's host and port, in brackets where it is an IPv6 literal. */
  URL url() {
    return names.url;
  }

  /** Under which idle connections are kept: as {@link Names#cacheKey}, or through a proxy. */
  URL cacheKey(boolean isProxied) {
    return isProxied ? names.proxiedKey : names.cacheKey;
  }

  /** The host to dial, to name in the handshake, and to verify. */
  String host() {
    return names.url.getHost();
  }

  int port() {
    return server.port();
  }

  boolean isTls() {
    return server.scheme().equals("https");
  }
}
