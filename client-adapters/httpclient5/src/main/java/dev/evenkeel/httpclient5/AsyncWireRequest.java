package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Server;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;

/**
 * The form in which an asynchronous request goes to its server. In HTTP/2 the request's scheme and
 * authority go over the wire, in HTTP/1.1 the header {@code Host} does; which of the two it will be
 * is not asked here, so both are right, except for a route by {@link PriorKnowledge}: HTTP/2 has no
 * place for what is said of a connection in HTTP/1.1. Changes are made on a copy. Immutable.
 */
final class AsyncWireRequest {
  private AsyncWireRequest() {}

  /** The request to send; {@code request} itself where nothing differs. */
  static HttpRequest of(
      HttpRequest request, Server server, HttpRoute serverRoute, HttpRoute logicalRoute) {
    boolean isProxied = ServerRoutes.isProxied(serverRoute);
    boolean isLogicallyProxied = ServerRoutes.isProxied(logicalRoute);
    boolean isHttp2 = PriorKnowledge.isMeant(serverRoute.getTargetHost());
    if (server.isHostHeaderPassed()
        && server.path().isEmpty()
        && !isProxied
        && !isLogicallyProxied
        && !(isHttp2 && PriorKnowledge.isOfHttp1(request))
        && server.scheme().equalsIgnoreCase(request.getScheme())) {
      return request;
    }
    BasicHttpRequest wire = copy(request, server, serverRoute.getTargetHost(), isProxied);
    if (isHttp2) {
      leaveOutHttp1(wire, server);
    }
    RequestView.putBefore(server, wire);
    if (!server.isHostHeaderPassed() && wire.containsHeader(HttpHeaders.HOST)) {
      wire.setHeader(HttpHeaders.HOST, server.authority());
    }
    if (isLogicallyProxied && !isProxied) {
      // Through a tunnel the server would read what was meant for the proxy.
      wire.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
    }
    wire.setAbsoluteRequestUri(isProxied);
    return wire;
  }

  private static void leaveOutHttp1(BasicHttpRequest wire, Server server) {
    Header host = wire.getFirstHeader(HttpHeaders.HOST);
    if (host != null && server.isHostHeaderPassed()) {
      wire.setAuthority(authorityOf(host, wire.getAuthority()));
    }
    for (Header header : wire.getHeaders()) {
      if (PriorKnowledge.isOfHttp1(header)) {
        wire.removeHeader(header);
      }
    }
  }

  /** The application may have named another host in that header than in its URL. */
  private static URIAuthority authorityOf(Header host, URIAuthority fallback) {
    try {
      return URIAuthority.create(host.getValue());
    } catch (URISyntaxException e) {
      return fallback;
    }
  }

  private static BasicHttpRequest copy(
      HttpRequest request, Server server, HttpHost target, boolean isProxied) {
    BasicHttpRequest copy =
        new BasicHttpRequest(
            request.getMethod(),
            server.scheme(),
            authority(request, server, target, isProxied),
            request.getPath());
    copy.setVersion(request.getVersion());
    copy.setHeaders(request.getHeaders());
    return copy;
  }

  private static URIAuthority authority(
      HttpRequest request, Server server, HttpHost target, boolean isProxied) {
    if (isProxied) {
      // In the absolute form the authority tells the proxy where to go.
      return new URIAuthority(target);
    }
    if (server.isHostHeaderPassed()) {
      return request.getAuthority();
    }
    boolean isPortNamed = server.authority().endsWith(":" + server.port());
    return new URIAuthority(server.host(), isPortNamed ? server.port() : -1);
  }
}
