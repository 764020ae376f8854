package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Runs the connecting step again and holds how its last run ended. Not thread-safe; one per
 * exchange.
 */
final class Pass {
  private final ExecChainHandler connectExec;
  private final ClassicHttpRequest request;
  private @Nullable ClassicHttpResponse returned;
  private @Nullable Throwable thrown;

  Pass(
      ExecChainHandler connectExec,
      ClassicHttpRequest request,
      @Nullable ClassicHttpResponse returned,
      @Nullable Throwable thrown) {
    this.connectExec = connectExec;
    this.request = request;
    this.returned = returned;
    this.thrown = thrown;
  }

  /** Runs the step; whatever it ends with is the application's, a fault of ours it is not. */
  void run(Scope scope, ExecChain chain) {
    try {
      scope.execRuntime.discardEndpoint();
    } catch (Throwable failure) {
      returned = null;
      thrown = failure;
      return;
    }
    goOn(scope, chain);
  }

  /** As {@link #run}, with the endpoint that is leased already. */
  void goOn(Scope scope, ExecChain chain) {
    try {
      returned = connectExec.execute(request, scope, chain);
      thrown = null;
    } catch (Throwable failure) {
      returned = null;
      thrown = failure;
    }
  }

  @Nullable ClassicHttpResponse returned() {
    return returned;
  }

  @Nullable Throwable thrown() {
    return thrown;
  }

  @Nullable Object[] result() {
    return new @Nullable Object[] {returned, thrown};
  }
}
