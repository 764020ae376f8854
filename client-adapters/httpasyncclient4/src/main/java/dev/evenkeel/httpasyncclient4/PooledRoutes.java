package dev.evenkeel.httpasyncclient4;

import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * The routes by which the client's pool keeps connections to servers with a transport. The pool
 * tells connections apart by their route alone, and takes only schemes that the application
 * registered; so the transport stands in the name of the host, under a domain that is nobody's, and
 * is taken off where the name is looked up. Where nobody does that, there is no such host, and the
 * call fails. Stateless. Thread-safe.
 */
final class PooledRoutes {
  /** Source: RFC 2606, section 2. */
  private static final String DOMAIN = ".transport.invalid";

  private PooledRoutes() {}

  /** The route to ask the pool for; {@code route} itself where it serves as it is. */
  static HttpRoute of(HttpRoute route) {
    HttpHost server = route.getTargetHost();
    String transport = TransportLayers.idOf(server.getSchemeName());
    // Through a proxy it is the proxy's scheme that the pool looks at, and its name.
    return transport == null || route.getProxyHost() != null
        ? route
        : to(route, server.getHostName() + '.' + transport + DOMAIN);
  }

  /** The route to look the server's address up for; {@code pooled} itself where it is as it was. */
  static HttpRoute toServer(HttpRoute pooled) {
    String server = nameOf(pooled.getTargetHost());
    return server == null || pooled.getProxyHost() != null ? pooled : to(pooled, server);
  }

  private static @Nullable String nameOf(HttpHost pooled) {
    String name = pooled.getHostName();
    if (!name.endsWith(DOMAIN)) {
      return null;
    }
    int end = name.lastIndexOf('.', name.length() - DOMAIN.length() - 1);
    return end <= 0 ? null : name.substring(0, end);
  }

  private static HttpRoute to(HttpRoute route, String name) {
    HttpHost host = new HttpHost(name, route.getTargetHost().getPort(), "https");
    return new HttpRoute(host, route.getLocalAddress(), route.isSecure());
  }
}
