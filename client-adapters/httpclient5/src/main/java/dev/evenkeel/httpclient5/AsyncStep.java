package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * One call of the client's connecting step, as the client made it. Immutable.
 *
 * @param connectExec the step
 * @param logical the client's scope, with the logical route
 * @param next what the step goes on to when it is connected
 * @param callback what the step reports to
 */
record AsyncStep(
    AsyncExecChainHandler connectExec,
    HttpRequest request,
    @Nullable AsyncEntityProducer producer,
    Scope logical,
    AsyncExecChain next,
    AsyncExecCallback callback) {

  /** Runs the step another time, by other ways; a failure to begin it is thrown. */
  void run(Scope scope, AsyncOwnChain chain, AsyncExecCallback reported)
      throws HttpException, IOException {
    logical.execRuntime.discardEndpoint();
    connectExec.execute(request, producer, scope, chain, reported);
  }

  /** The client's scope with another route and runtime. */
  Scope scope(HttpRoute route, AsyncExecRuntime runtime) {
    return new Scope(
        logical.exchangeId,
        route,
        logical.originalRequest,
        logical.cancellableDependency,
        logical.clientContext,
        runtime,
        logical.scheduler,
        logical.execCount);
  }
}
