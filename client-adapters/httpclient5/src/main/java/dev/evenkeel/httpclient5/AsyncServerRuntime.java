package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/** The runtime of an attempt that is connected. Thread-safe where the client's is. */
final class AsyncServerRuntime extends AsyncWatchedRuntime {
  private final AttemptProgress progress;
  private final HttpRoute logicalRoute;
  private final HttpRoute serverRoute;

  AsyncServerRuntime(Scope logical, AttemptProgress progress, HttpRoute serverRoute) {
    super(logical, progress);
    this.progress = progress;
    this.logicalRoute = logical.route;
    this.serverRoute = serverRoute;
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    return super.execute(
        id, new WatchedExchange(handler, progress, context, serverRoute, logicalRoute), context);
  }
}
