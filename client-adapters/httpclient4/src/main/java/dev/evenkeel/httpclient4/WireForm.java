package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.Server;
import java.net.URI;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a request goes to its server, and what the step reads from the context
 * meanwhile. The step gives no place for a copy, so the client's own objects are changed before it
 * and changed back after it. Not thread-safe; one per attempt.
 */
final class WireForm {
  private static final String PROXY_CONNECTION = "Proxy-Connection";

  private final LogicalCall logical;
  private final HttpRequestWrapper request;
  private final HttpClientContext context;
  private final HttpRoute serverRoute;
  private final @Nullable HttpHost target;
  private final @Nullable Header host;
  private final @Nullable URI uri;
  private final @Nullable Header proxyAuthorization;
  private final @Nullable Header proxyConnection;
  private final @Nullable Header authorization;

  /** Those that the minimal step finds, to which it adds its own; null for the other step. */
  private final Header @Nullable [] minimalHeaders;

  WireForm(LogicalCall logical, HttpRoute serverRoute) {
    this.logical = logical;
    this.request = logical.request();
    this.context = logical.context();
    this.serverRoute = serverRoute;
    this.target = context.getTargetHost();
    this.host = request.getFirstHeader(HttpHeaders.HOST);
    this.uri = request.getURI();
    this.proxyAuthorization = request.getFirstHeader(HttpHeaders.PROXY_AUTHORIZATION);
    this.proxyConnection = request.getFirstHeader(PROXY_CONNECTION);
    this.authorization = request.getFirstHeader(HttpHeaders.AUTHORIZATION);
    this.minimalHeaders = logical.isMinimal() ? request.getAllHeaders() : null;
  }

  /** Changes request and context; either all of it or, with the exception, nothing. */
  void putOn(Server server) {
    try {
      if (logical.isMinimal()) {
        request.setHeader(HttpHeaders.HOST, minimalHost(server));
      } else {
        putOnMain(server);
      }
    } catch (Throwable fault) {
      takeOff();
      throw fault;
    }
  }

  private void putOnMain(Server server) {
    context.setAttribute(HttpClientContext.HTTP_TARGET_HOST, targetWithPort());
    if (!server.isHostHeaderPassed()) {
      request.setHeader(HttpHeaders.HOST, server.authority());
    }
    boolean isProxied = ServerRoutes.isProxied(serverRoute);
    boolean isLogicallyProxied = ServerRoutes.isProxied(logical.route());
    if (isProxied) {
      setUri(server.scheme() + "://" + server.authority() + RequestView.pathOf(request));
    } else if (isLogicallyProxied) {
      // Through a tunnel the server would read what was meant for the proxy.
      setUri(RequestView.pathOf(request));
      request.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
      request.removeHeaders(PROXY_CONNECTION);
    }
  }

  private void setUri(String text) {
    if (uri != null) {
      request.setURI(URI.create(text));
    }
  }

  /** Without a port here, the scope of credentials would get the port of the server's route. */
  private HttpHost targetWithPort() {
    HttpHost logicalHost = logical.route().getTargetHost();
    if (target == null) {
      return logicalHost;
    }
    return target.getPort() >= 0
        ? target
        : new HttpHost(target.getHostName(), logicalHost.getPort(), target.getSchemeName());
  }

  /** The minimal step adds a Host header by its route, unless there is one. */
  private String minimalHost(Server server) {
    return server.isHostHeaderPassed() ? logicalHost() : server.authority();
  }

  /** The {@code Host} header that the server gets if it is passed on. */
  String logicalHost() {
    if (host != null) {
      return host.getValue();
    }
    HttpRequest original = request.getOriginal();
    URI asked = original instanceof HttpUriRequest withUri ? withUri.getURI() : null;
    return asked != null && asked.isAbsolute()
        ? new HttpHost(asked.getHost(), asked.getPort(), asked.getScheme()).toHostString()
        : logical.route().getTargetHost().toHostString();
  }

  /** True once the minimal step was connected: only then does it put its route into the context. */
  boolean isSent() {
    return context.getAttribute(HttpClientContext.HTTP_ROUTE) == serverRoute;
  }

  /** Shows the logical request again, as if the step had seen nothing else. */
  void takeOff() {
    if (logical.isMinimal()) {
      takeOffMinimal();
      return;
    }
    set(HttpClientContext.HTTP_TARGET_HOST, target);
    if (host == null) {
      request.removeHeaders(HttpHeaders.HOST);
    } else {
      request.setHeader(host);
    }
    if (uri != null) {
      request.setURI(uri);
    }
    if (ServerRoutes.isProxied(logical.route())) {
      restore(proxyAuthorization);
      restore(proxyConnection);
    }
  }

  /** Takes off what the step itself added before it sent the request, as it will do so again. */
  void takeOffAdded() {
    if (minimalHeaders != null) {
      request.setHeaders(minimalHeaders);
      return;
    }
    if (authorization == null) {
      request.removeHeaders(HttpHeaders.AUTHORIZATION);
    }
    if (proxyAuthorization == null) {
      request.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
    }
  }

  private void takeOffMinimal() {
    request.setHeader(HttpHeaders.HOST, logicalHost());
    if (isSent()) {
      context.setAttribute(HttpClientContext.HTTP_ROUTE, logical.route());
    }
    if (serverRoute.getTargetHost().equals(context.getTargetHost())) {
      context.setAttribute(HttpClientContext.HTTP_TARGET_HOST, logical.route().getTargetHost());
    }
  }

  /** What the step itself added stays, as it does without us. */
  private void restore(@Nullable Header header) {
    if (header != null && !request.containsHeader(header.getName())) {
      request.addHeader(header);
    }
  }

  private void set(String attribute, @Nullable Object value) {
    if (value == null) {
      context.removeAttribute(attribute);
    } else {
      context.setAttribute(attribute, value);
    }
  }
}
