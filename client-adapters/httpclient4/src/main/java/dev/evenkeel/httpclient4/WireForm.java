package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.Server;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIUtils;
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

  /** What the server's path was put before; null if it has none. */
  private @Nullable String logicalTarget;

  /** The target on the wire, where that is no URI, as the library knows no other; null if it is. */
  private @Nullable String plainTarget;

  /** What {@link #takeOff} puts back. */
  private @Nullable URI logicalUri;

  WireForm(LogicalCall logical, HttpRoute serverRoute) {
    this.logical = logical;
    this.request = logical.request();
    this.context = logical.context();
    this.serverRoute = serverRoute;
    this.target = context.getTargetHost();
    this.host = request.getFirstHeader(HttpHeaders.HOST);
    this.uri = request.getURI();
    this.logicalUri = uri;
    this.proxyAuthorization = request.getFirstHeader(HttpHeaders.PROXY_AUTHORIZATION);
    this.proxyConnection = request.getFirstHeader(PROXY_CONNECTION);
    this.authorization = request.getFirstHeader(HttpHeaders.AUTHORIZATION);
    this.minimalHeaders = logical.isMinimal() ? request.getAllHeaders() : null;
  }

  /** Changes request and context; either all of it or, with the exception, nothing. */
  void putOn(Server server) {
    try {
      if (logical.isMinimal()) {
        putOnMinimal(server);
      } else {
        putOnMain(server);
      }
    } catch (Throwable fault) {
      takeOff();
      throw fault;
    }
  }

  /**
   * The step makes an absolute URI relative: a server's path has to be put before what it makes.
   */
  private void putOnMinimal(Server server) {
    request.setHeader(HttpHeaders.HOST, minimalHost(server));
    if (server.path().isEmpty()) {
      return;
    }
    try {
      URI relative = URIUtils.rewriteURIForRoute(uri, logical.route());
      request.setURI(relative);
      logicalUri = relative;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
    setUri(targetAt(server));
  }

  private void putOnMain(Server server) {
    context.setAttribute(HttpClientContext.HTTP_TARGET_HOST, targetWithPort());
    if (!server.isHostHeaderPassed()) {
      request.setHeader(HttpHeaders.HOST, server.authority());
    }
    boolean isProxied = ServerRoutes.isProxied(serverRoute);
    boolean isLogicallyProxied = ServerRoutes.isProxied(logical.route());
    if (isProxied) {
      setUri(server.scheme() + "://" + server.authority() + targetAt(server));
    } else if (isLogicallyProxied) {
      // Through a tunnel the server would read what was meant for the proxy.
      setUri(targetAt(server));
      request.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
      request.removeHeaders(PROXY_CONNECTION);
    } else if (!server.path().isEmpty()) {
      setUri(targetAt(server));
    }
  }

  private String targetAt(Server server) {
    String target = RequestView.pathOf(request);
    logicalTarget = server.path().isEmpty() ? null : target;
    return server.at(target);
  }

  /** The library has no URI of a request line that is none; it is replaced as it is sent. */
  private void setUri(String text) {
    if (uri != null) {
      request.setURI(URI.create(text));
    } else {
      plainTarget = text;
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

  /** What is to stand in the request line in place of what does; null if that is to stand there. */
  @Nullable String plainTarget() {
    return plainTarget;
  }

  /** Path and query without what stands before them at the server. */
  String logicalTarget(HttpRequest sent) {
    String target = logicalTarget;
    return target == null ? RequestView.pathOf(sent) : target;
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
    putUriBack();
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

  private void putUriBack() {
    if (uri != null) {
      request.setURI(logicalUri);
    }
  }

  private void takeOffMinimal() {
    request.setHeader(HttpHeaders.HOST, logicalHost());
    if (logicalTarget != null) {
      putUriBack();
    }
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
