package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.WeakSlots;
import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.routing.RouteInfo.LayerType;
import org.apache.http.conn.routing.RouteInfo.TunnelType;

/**
 * The routes to servers: the logical route's local address and proxies, with the server as target.
 * Proxies are not chosen anew, because proxy selection is asked with the logical host. Thread-safe.
 */
final class ServerRoutes {
  private static final WeakSlots<Server, HttpRoute> DIRECT = new WeakSlots<>(1024);

  private ServerRoutes() {}

  static HttpRoute to(Server server, HttpRoute logical) {
    HttpRoute direct = DIRECT.get(server);
    if (direct == null) {
      direct = direct(server);
      DIRECT.put(server, direct);
    }
    boolean isDirect = logical.getHopCount() == 1 && logical.getLocalAddress() == null;
    return isDirect ? direct : like(logical, direct);
  }

  private static HttpRoute direct(Server server) {
    // In this library an IPv6 literal keeps the brackets that it has in a URI.
    String name = server.host().indexOf(':') < 0 ? server.host() : '[' + server.host() + ']';
    HttpHost host = new HttpHost(name, server.port(), schemeOf(server));
    return new HttpRoute(host, null, "https".equals(server.scheme()));
  }

  /** With a transport's own scheme, its connections are nobody else's. */
  private static String schemeOf(Server server) {
    ServerTls tls = server.tls();
    return tls == null ? server.scheme() : TransportLayers.scheme(tls);
  }

  private static HttpRoute like(HttpRoute logical, HttpRoute direct) {
    HttpHost[] proxies = new HttpHost[logical.getHopCount() - 1];
    for (int i = 0; i < proxies.length; i++) {
      proxies[i] = logical.getHopTarget(i);
    }
    boolean isSecure = direct.isSecure();
    boolean isTunnelled = isSecure && proxies.length > 0;
    boolean isSameScheme = isSecure == logical.isSecure();
    return new HttpRoute(
        direct.getTargetHost(),
        logical.getLocalAddress(),
        proxies,
        isSecure,
        isSameScheme
            ? logical.getTunnelType()
            : isTunnelled ? TunnelType.TUNNELLED : TunnelType.PLAIN,
        isSameScheme ? logical.getLayerType() : isTunnelled ? LayerType.LAYERED : LayerType.PLAIN);
  }

  /** True if requests on {@code route} go to a proxy that reads them, in absolute form. */
  static boolean isProxied(HttpRoute route) {
    return route.getProxyHost() != null && !route.isTunnelled();
  }
}
