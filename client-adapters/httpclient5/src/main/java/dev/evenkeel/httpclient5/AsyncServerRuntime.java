package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Outcome;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.reactor.IOSession;

/** The runtime of an attempt that is connected. Thread-safe where the client's is. */
final class AsyncServerRuntime extends AsyncWatchedRuntime {
  private final AsyncCall call;
  private final AsyncStep step;
  private final AttemptProgress progress;
  private final HttpRoute serverRoute;

  AsyncServerRuntime(
      AsyncExecRuntime runtime,
      AsyncCall call,
      AsyncStep step,
      AttemptProgress progress,
      HttpRoute serverRoute) {
    super(runtime, step.logical(), call);
    this.call = call;
    this.step = step;
    this.progress = progress;
    this.serverRoute = serverRoute;
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    AsyncClientExchangeHandler watched = onTheWire(handler);
    return isGone() ? refused(watched) : super.execute(id, watched, context);
  }

  /** What goes to the connection for an exchange of the client's. */
  AsyncClientExchangeHandler onTheWire(AsyncClientExchangeHandler exchange) {
    return new WatchedExchange(exchange, call, step, progress, serverRoute);
  }

  /** The session as a minimal client gets it for this attempt. */
  IOSession handed(IOSession session) {
    if (step.logical().execRuntime instanceof MinimalAsyncRuntime minimal) {
      minimal.handed(session);
    }
    return new HandedSession(session, this);
  }

  /** The exchange goes out without the attempt, which hears of nothing any more. */
  void abandon() {
    progress.end(Outcome.CANCELLED);
  }

  /** The application gave up the call. */
  void cancelled() {
    call.cancelled();
  }

  /**
   * True for a connection with a transport's TLS that is gone: the client would make it again here,
   * below the step that knows the way.
   */
  private boolean isGone() {
    return TransportPass.isMeant(serverRoute.getTargetHost()) && !isEndpointConnected();
  }

  private static Cancellable refused(AsyncClientExchangeHandler handler) {
    try {
      handler.failed(new ConnectionClosedException());
    } finally {
      handler.releaseResources();
    }
    return () -> false;
  }
}
