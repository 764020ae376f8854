package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.WeakSlots;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The routes to servers: the logical route's local address and proxies, with the server as target.
 * Proxies are not chosen anew, because proxy selection is asked with the logical host. Thread-safe.
 */
final class ServerRoutes {
  private static final WeakSlots<Server, HttpRoute> DIRECT = new WeakSlots<>(1024);
  private static final WeakSlots<Server, HttpRoute> BY_PRIOR_KNOWLEDGE = new WeakSlots<>(256);
  private static final @Nullable MethodHandle UNIX_DOMAIN_SOCKET = unixDomainSocket();

  private ServerRoutes() {}

  /** Routes over a Unix domain socket came with 5.6; older copies of the library have none. */
  private static @Nullable MethodHandle unixDomainSocket() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(HttpRoute.class, "getUnixDomainSocket", MethodType.methodType(Path.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  static boolean isUnixDomain(HttpRoute route) {
    if (UNIX_DOMAIN_SOCKET == null) {
      return false;
    }
    try {
      return (Path) UNIX_DOMAIN_SOCKET.invokeExact(route) != null;
    } catch (Throwable fault) {
      Faults.report(fault);
      return true;
    }
  }

  static HttpRoute to(Server server, HttpRoute logical) {
    HttpRoute direct = DIRECT.get(server);
    if (direct == null) {
      direct = direct(server);
      DIRECT.put(server, direct);
    }
    boolean isDirect = logical.getHopCount() == 1 && logical.getLocalAddress() == null;
    return isDirect ? direct : like(logical, direct);
  }

  /** The way that {@link PriorKnowledge} knows. */
  static HttpRoute byPriorKnowledge(Server server, HttpRoute logical) {
    HttpRoute direct = BY_PRIOR_KNOWLEDGE.get(server);
    if (direct == null) {
      direct = new HttpRoute(PriorKnowledge.host(server));
      BY_PRIOR_KNOWLEDGE.put(server, direct);
    }
    return logical.getLocalAddress() == null ? direct : like(logical, direct);
  }

  private static HttpRoute direct(Server server) {
    HttpHost host = new HttpHost(schemeOf(server), server.host(), server.port());
    return new HttpRoute(host, null, "https".equals(server.scheme()));
  }

  /** With a transport's own scheme, the client's pools tell its connections from all others. */
  private static String schemeOf(Server server) {
    ServerTls tls = server.tls();
    if (tls == null) {
      return server.scheme();
    }
    KnownTransports.add(tls);
    return TransportPass.scheme(tls);
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
