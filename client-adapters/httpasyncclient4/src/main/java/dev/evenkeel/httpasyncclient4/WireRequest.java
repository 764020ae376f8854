package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Server;
import java.net.URI;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;

/**
 * The form in which a request goes to its server. Changes are made on a copy: the context and the
 * client keep the logical request. Immutable.
 */
final class WireRequest {
  private WireRequest() {}

  /** The request to send; {@code request} itself where nothing differs. */
  static HttpRequest of(
      HttpRequest request, Server server, HttpRoute serverRoute, HttpRoute logicalRoute) {
    boolean isProxied = ServerRoutes.isProxied(serverRoute);
    boolean isLogicallyProxied = ServerRoutes.isProxied(logicalRoute);
    boolean hasPath = !server.path().isEmpty();
    if (server.isHostHeaderPassed() && !isProxied && !isLogicallyProxied && !hasPath) {
      return request;
    }
    HttpRequestWrapper wire = HttpRequestWrapper.wrap(request);
    if (!server.isHostHeaderPassed()) {
      wire.setHeader(HttpHeaders.HOST, server.authority());
    }
    String path = server.at(RequestView.pathOf(request));
    if (isProxied) {
      wire.setURI(URI.create(server.scheme() + "://" + server.authority() + path));
    } else if (isLogicallyProxied) {
      // Through a tunnel the server would read what was meant for the proxy.
      wire.setURI(URI.create(path));
      wire.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
      wire.removeHeaders("Proxy-Connection");
    } else if (hasPath) {
      wire.setURI(URI.create(path));
    }
    return wire;
  }

  /** What opens a tunnel is sent to the proxy, and is not the application's request. */
  static boolean isConnect(HttpRequest request) {
    return request.getRequestLine().getMethod().equalsIgnoreCase("CONNECT");
  }

  /** The client's {@code CONNECT}, whose line names the server, with a {@code Host} that does. */
  static HttpRequest toProxy(HttpRequest connect, HttpRoute serverRoute) {
    HttpHost server = serverRoute.getTargetHost();
    connect.setHeader(HttpHeaders.HOST, server.toHostString());
    return connect;
  }
}
