package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Server;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.RequestLine;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.message.BasicRequestLine;

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
    String path = server.at(RequestView.pathOf(request));
    // As text: what the application may send need not be a URI that the JDK can read.
    String target = isProxied ? server.scheme() + "://" + server.authority() + path : path;
    HttpRequest wire = withTarget(request, target);
    if (isLogicallyProxied && !isProxied) {
      // Through a tunnel the server would read what was meant for the proxy.
      wire.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
      wire.removeHeaders("Proxy-Connection");
    }
    if (!server.isHostHeaderPassed()) {
      wire.setHeader(HttpHeaders.HOST, server.authority());
    }
    return wire;
  }

  private static HttpRequest withTarget(HttpRequest request, String target) {
    RequestLine logical = request.getRequestLine();
    RequestLine line =
        new BasicRequestLine(logical.getMethod(), target, logical.getProtocolVersion());
    HttpRequest wire;
    if (request instanceof HttpEntityEnclosingRequest enclosing) {
      BasicHttpEntityEnclosingRequest withBody = new BasicHttpEntityEnclosingRequest(line);
      withBody.setEntity(enclosing.getEntity());
      wire = withBody;
    } else {
      wire = new BasicHttpRequest(line);
    }
    wire.setHeaders(request.getAllHeaders());
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
