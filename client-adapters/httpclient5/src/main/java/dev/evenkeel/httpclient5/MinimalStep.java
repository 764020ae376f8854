package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The minimal client's connecting step, which it has no class for: its routes are direct.
 * Thread-safe: stateless.
 */
final class MinimalStep implements ExecChainHandler {
  static final MinimalStep INSTANCE = new MinimalStep();

  private MinimalStep() {}

  @Override
  public @Nullable ClassicHttpResponse execute(
      ClassicHttpRequest request, Scope scope, ExecChain chain) throws IOException, HttpException {
    ExecRuntime runtime = scope.execRuntime;
    if (!runtime.isEndpointAcquired()) {
      runtime.acquireEndpoint(scope.exchangeId, scope.route, null, scope.clientContext);
    }
    if (!runtime.isEndpointConnected()) {
      runtime.connectEndpoint(scope.clientContext);
    }
    return chain.proceed(request, scope);
  }
}
