package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;

/**
 * A request with what its cookies and its TLS depend on, from either kind of client. Not
 * thread-safe; one per exchange.
 *
 * @param runtime the client's, or a minimal client, which leads to what connects for it
 */
record LogicalRequest(
    HttpRequest request,
    HttpRoute route,
    HttpClientContext context,
    String exchangeId,
    Object runtime) {
  /** Says nothing of cookies. */
  private static final HttpClientContext NO_COOKIES = HttpClientContext.create();

  LogicalRequest(HttpRequest request, ExecChain.Scope scope) {
    this(request, scope.route, scope.clientContext, scope.exchangeId, scope.execRuntime);
  }

  LogicalRequest(HttpRequest request, AsyncExecChain.Scope scope) {
    this(request, scope.route, scope.clientContext, scope.exchangeId, scope.execRuntime);
  }

  /**
   * One of a minimal client, which sends the cookies that stand in the request, and no other.
   *
   * @param client the client, or its pool of sessions
   */
  static LogicalRequest withoutCookies(HttpRequest request, HttpHost target, Object client) {
    HttpHost host = RoutingSupport.normalize(target, DefaultSchemePortResolver.INSTANCE);
    return new LogicalRequest(request, new HttpRoute(host), NO_COOKIES, "minimal", client);
  }
}
