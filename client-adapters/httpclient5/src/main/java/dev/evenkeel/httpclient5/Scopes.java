package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecRuntime;

/** Copies of the client's scopes. Immutable. */
final class Scopes {
  private Scopes() {}

  /** {@code scope} with another route and runtime. */
  static Scope with(Scope scope, HttpRoute route, ExecRuntime runtime) {
    return new Scope(scope.exchangeId, route, scope.originalRequest, runtime, scope.clientContext);
  }
}
