package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * A balanced call of the minimal asynchronous client, which has no connecting step: here is one, of
 * the client's own pool, with the client's own callback at its end. The application's exchange
 * handler stays where it put it. Thread-safe where {@link AsyncCall} is.
 */
final class MinimalAsyncCall implements AsyncExecChainHandler, AsyncExecChain, AsyncExecCallback {
  private final MinimalPool pool;
  private final FutureCallback<Object> theirs;
  private final MinimalLeases leases = new MinimalLeases();
  private volatile @Nullable Object endpoint;
  private @Nullable ConnectException unavailable;

  private MinimalAsyncCall(MinimalPool pool, FutureCallback<Object> theirs) {
    this.pool = pool;
    this.theirs = theirs;
  }

  /**
   * The client is about to connect.
   *
   * @param callback the client's own, which gets what {@code pool} connects
   * @return the server's host, null if there is no server, the callback, and what {@link #leased}
   *     needs: the lease, or the call if there is no server; null to leave the call alone
   */
  static @Nullable Object @Nullable [] begin(
      MinimalPool pool, HttpRequest request, HttpHost target, FutureCallback<?> callback) {
    LogicalRequest logical = LogicalRequest.withoutCookies(request, target, pool.connector());
    Exchange exchange =
        Evenkeel.balancer().open(target.getHostName(), logical, RequestView.INSTANCE);
    if (exchange == null) {
      return null;
    }
    @SuppressWarnings("unchecked") // It gets what the client's pool leases.
    FutureCallback<Object> theirs = (FutureCallback<Object>) callback;
    return new MinimalAsyncCall(pool, theirs).begin(exchange, logical);
  }

  private @Nullable Object[] begin(Exchange exchange, LogicalRequest logical) {
    Scope scope =
        new Scope(
            logical.exchangeId(),
            logical.route(),
            logical.request(),
            leases,
            pool.context(),
            new MinimalAsyncRuntime(pool),
            null,
            null);
    AsyncStep step = new AsyncStep(this, logical.request(), null, scope, this, this);
    AsyncCall call = new AsyncCall(step, new FirstAnswer(exchange));
    AsyncServerChain server = call.nextServer();
    if (server == null) {
      // The client connects to nobody without a host, and what it says of that is replaced.
      unavailable = exchange.unavailable();
      return new @Nullable Object[] {null, theirs, this};
    }
    leases.begin(call);
    Scope chosen = server.serverScope();
    MinimalLease lease = lease(chosen, server, server.callback());
    return new Object[] {chosen.route.getTargetHost(), lease, lease};
  }

  /**
   * The client has begun to connect, or could not.
   *
   * @param entered what {@link #begin} returned
   * @return the future and the exception to end with, one of them null; null to change nothing
   */
  static @Nullable Object @Nullable [] leased(
      @Nullable Object @Nullable [] entered,
      @Nullable Future<?> returned,
      @Nullable Throwable thrown) {
    if (entered == null) {
      return null;
    }
    if (entered[2] instanceof MinimalAsyncCall call) {
      return call.refused();
    }
    MinimalLease first = (MinimalLease) Objects.requireNonNull(entered[2]);
    if (returned == null || thrown != null) {
      first.abandon();
      return null;
    }
    first.follow(returned);
    return new @Nullable Object[] {first.leases(), null};
  }

  private @Nullable Object[] refused() {
    try {
      theirs.failed(unavailable);
      return new @Nullable Object[] {leases, null};
    } catch (RuntimeException | Error ofTheApplication) {
      return new @Nullable Object[] {null, ofTheApplication};
    }
  }

  private MinimalLease lease(Scope scope, AsyncExecChain chain, AsyncExecCallback callback) {
    MinimalLease lease = new MinimalLease(this, scope, chain, callback);
    leases.next(lease);
    return lease;
  }

  /** The connecting step, for the servers after the first. */
  @Override
  public void execute(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback) {
    MinimalLease lease = lease(scope, chain, callback);
    lease.follow(pool.connect(scope.route.getTargetHost(), lease));
  }

  /** There is a connection, perhaps one that was kept. */
  void connected(
      Object leasedEndpoint, Scope scope, AsyncExecChain chain, AsyncExecCallback callback) {
    endpoint = leasedEndpoint;
    try {
      chain.proceed(scope.originalRequest, null, scope, callback);
    } catch (HttpException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The end of the connecting step: the client goes on by itself. */
  @Override
  public void proceed(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      Scope connected,
      AsyncExecCallback reported) {
    pool.hand(theirs, Objects.requireNonNull(endpoint), connected.execRuntime);
  }

  @Override
  public void failed(Exception cause) {
    theirs.failed(cause);
  }

  MinimalLeases leases() {
    return leases;
  }

  /** The application gave up the call while it connected. */
  void cancelled() {
    boolean unused = leases.cancel();
    theirs.cancelled();
  }

  /** Never called, like the two below: what follows the connection reports to the client. */
  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) {
    return null;
  }

  @Override
  public void handleInformationResponse(HttpResponse response) {}

  @Override
  public void completed() {}
}
