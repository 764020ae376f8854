package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;

/**
 * The form in which a request goes to its server. Changes are made on a copy: the context, the
 * interceptors and the response handlers keep the logical request. Immutable.
 */
final class WireRequest {
  private WireRequest() {}

  /** The request to send; {@code request} itself where nothing differs. */
  static ClassicHttpRequest of(
      ClassicHttpRequest request, Server server, HttpRoute serverRoute, HttpRoute logicalRoute) {
    boolean isProxied = ServerRoutes.isProxied(serverRoute);
    boolean isLogicallyProxied = ServerRoutes.isProxied(logicalRoute);
    if (server.isHostHeaderPassed()
        && server.path().isEmpty()
        && !isProxied
        && !isLogicallyProxied) {
      return request;
    }
    BasicClassicHttpRequest wire = copy(request, server, serverRoute.getTargetHost());
    RequestView.putBefore(server, wire);
    if (!server.isHostHeaderPassed()) {
      wire.setHeader(HttpHeaders.HOST, server.authority());
    }
    if (isLogicallyProxied && !isProxied) {
      // Through a tunnel the server would read what was meant for the proxy.
      wire.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
    }
    wire.setAbsoluteRequestUri(isProxied);
    return wire;
  }

  /**
   * Repeats the request for its mirrors; its body follows when it is written.
   *
   * @param wire what is sent: {@code request}, or a copy of ours
   * @return the request to send
   */
  static ClassicHttpRequest copied(
      ClassicHttpRequest request, ClassicHttpRequest wire, RequestCopy copy) {
    Header host = request.getFirstHeader(HttpHeaders.HOST);
    copy.begin(
        wire.getMethod(),
        host == null ? "" : host.getValue(),
        RequestView.target(request.getPath()));
    for (Header header : wire.getHeaders()) {
      copy.header(header.getName(), header.getValue());
    }
    HttpEntity entity = wire.getEntity();
    if (entity == null) {
      copy.end();
      return wire;
    }
    return with(new CopiedEntity(entity, copy), request, wire);
  }

  /** The request with another body, for one that is sent in its place. */
  static ClassicHttpRequest with(
      HttpEntity entity, ClassicHttpRequest request, ClassicHttpRequest wire) {
    ClassicHttpRequest own = wire == request ? new RequestWithBody(request) : wire;
    own.setEntity(entity);
    return own;
  }

  private static BasicClassicHttpRequest copy(
      ClassicHttpRequest request, Server server, HttpHost target) {
    BasicClassicHttpRequest copy =
        new BasicClassicHttpRequest(
            request.getMethod(), server.scheme(), new URIAuthority(target), request.getPath());
    copy.setVersion(request.getVersion());
    copy.setHeaders(request.getHeaders());
    copy.setEntity(request.getEntity());
    return copy;
  }
}
