package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;

/**
 * A request with what its cookies depend on, from either kind of client. Not thread-safe; one per
 * exchange.
 */
record LogicalRequest(
    HttpRequest request, HttpRoute route, HttpClientContext context, String exchangeId) {
  LogicalRequest(HttpRequest request, ExecChain.Scope scope) {
    this(request, scope.route, scope.clientContext, scope.exchangeId);
  }

  LogicalRequest(HttpRequest request, AsyncExecChain.Scope scope) {
    this(request, scope.route, scope.clientContext, scope.exchangeId);
  }
}
