package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * A runtime that learns of the call's cancellation by every operation that it begins. The client
 * hangs the running operation into the application's future, and now and then a lease that is over
 * replaces the exchange there; so each of them tells. Thread-safe where the client's is.
 */
class AsyncWatchedRuntime extends AsyncForwardingRuntime {
  private final CancellableDependency future;
  private final AsyncCall call;

  AsyncWatchedRuntime(AsyncExecRuntime runtime, Scope logical, AsyncCall call) {
    super(runtime);
    this.future = logical.cancellableDependency;
    this.call = call;
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      @Nullable Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    return watched(super.acquireEndpoint(id, route, state, context, callback));
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    return watched(super.connectEndpoint(context, callback));
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    return watched(super.execute(id, handler, context));
  }

  /** The client also cancels what it hangs into a future that has completed in the meantime. */
  private Cancellable watched(Cancellable operation) {
    return () -> {
      if (future.isCancelled()) {
        call.cancelled();
      }
      return operation.cancel();
    };
  }
}
