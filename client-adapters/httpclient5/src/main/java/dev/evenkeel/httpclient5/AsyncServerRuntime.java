package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/** The runtime of an attempt that is connected. Thread-safe where the client's is. */
final class AsyncServerRuntime extends AsyncWatchedRuntime {
  private final AsyncCall call;
  private final AsyncStep step;
  private final AttemptProgress progress;
  private final HttpRoute serverRoute;

  AsyncServerRuntime(
      AsyncCall call, AsyncStep step, AttemptProgress progress, HttpRoute serverRoute) {
    super(step.logical(), call);
    this.call = call;
    this.step = step;
    this.progress = progress;
    this.serverRoute = serverRoute;
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    return super.execute(
        id, new WatchedExchange(handler, call, step, progress, serverRoute), context);
  }
}
