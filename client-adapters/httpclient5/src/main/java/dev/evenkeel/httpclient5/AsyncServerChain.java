package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * One asynchronous attempt's way through the connecting step: the step itself sees the server's
 * route, what follows the connection sees the logical one again. Thread-safe; one per attempt.
 */
final class AsyncServerChain extends AsyncOwnChain {
  private final AsyncCall call;
  private final AsyncStep step;
  private final AttemptProgress progress;
  private final Scope serverScope;
  private final Scope logicalScope;
  private final AsyncExecCallback callback;

  AsyncServerChain(AsyncCall call, AsyncStep step, AttemptProgress progress) {
    super(step.next());
    Scope logical = step.logical();
    Server server = progress.attempt().server();
    HttpRoute route =
        PriorKnowledge.isFor(server, logical)
            ? ServerRoutes.byPriorKnowledge(server, logical.route)
            : ServerRoutes.to(server, logical.route);
    ServerTls tls = server.tls();
    this.call = call;
    this.step = step;
    this.progress = progress;
    AsyncExecRuntime runtime =
        tls == null ? logical.execRuntime : new AsyncTransportRuntime(logical, tls);
    this.serverScope = step.scope(route, new AsyncWatchedRuntime(runtime, logical, call));
    this.logicalScope =
        step.scope(logical.route, new AsyncServerRuntime(runtime, call, step, progress, route));
    this.callback = new WatchedCallback(call, step, progress);
  }

  /** What the connecting step gets. */
  Scope serverScope() {
    return serverScope;
  }

  /** What the connecting step, and all that follows it, reports to. */
  AsyncExecCallback callback() {
    return callback;
  }

  @Override
  public void proceed(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      Scope scope,
      AsyncExecCallback reported)
      throws HttpException, IOException {
    if (Method.CONNECT.isSame(request.getMethod())) {
      // Until 5.2 the step asks a proxy for a tunnel by the chain.
      super.proceed(request, producer, scope, reported);
      return;
    }
    ((AsyncForwardingRuntime) logicalScope.execRuntime).check();
    progress.connected();
    try {
      super.proceed(
          request, producer, call.isTooLong(producer) ? refusingScope() : logicalScope, reported);
    } catch (Throwable failure) {
      abandon();
      throw failure;
    }
  }

  private Scope refusingScope() {
    Scope logical = step.logical();
    return step.scope(logical.route, new AsyncRefusingRuntime(logical.execRuntime, progress));
  }

  /** Ends an attempt of which nothing more will be heard. */
  void abandon() {
    progress.end(Outcome.CANCELLED);
  }
}
