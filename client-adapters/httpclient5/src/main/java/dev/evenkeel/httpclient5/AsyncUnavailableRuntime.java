package dev.evenkeel.httpclient5;

import java.net.ConnectException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/** The runtime of a call that found no server: no connection can be had. Thread-safe. */
final class AsyncUnavailableRuntime extends AsyncForwardingRuntime {
  private final ConnectException unavailable;

  AsyncUnavailableRuntime(AsyncExecRuntime runtime, ConnectException unavailable) {
    super(runtime);
    this.unavailable = unavailable;
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      @Nullable Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    callback.failed(unavailable);
    return () -> false;
  }
}
