package dev.evenkeel.httpclient5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** How the client of {@code createMinimal} connects for one call: it leases. Thread-safe. */
record MinimalEndpoints(
    MinimalHttpAsyncClient client,
    @Nullable Timeout leaseTimeout,
    @Nullable Timeout connectTimeout,
    HttpClientContext context)
    implements MinimalPool {
  /**
   * The attempt whose connection is being handed to the client: it passes its exchange to it before
   * that returns.
   */
  private static final ThreadLocal<@Nullable AsyncServerRuntime> HANDED = new ThreadLocal<>();

  private static final MethodHandle LEASE_ENDPOINT;

  static {
    try {
      LEASE_ENDPOINT =
          MethodHandles.privateLookupIn(MinimalHttpAsyncClient.class, MethodHandles.lookup())
              .findVirtual(
                  MinimalHttpAsyncClient.class,
                  "leaseEndpoint",
                  MethodType.methodType(
                      Future.class,
                      HttpHost.class,
                      Timeout.class,
                      Timeout.class,
                      HttpClientContext.class,
                      FutureCallback.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The client is about to connect.
   *
   * @return the server's host, null if there is no server, the callback, and what {@link
   *     MinimalAsyncCall#leased} needs; null to leave the call alone
   */
  static @Nullable Object @Nullable [] begin(
      MinimalHttpAsyncClient client,
      HttpHost target,
      @Nullable Timeout leaseTimeout,
      @Nullable Timeout connectTimeout,
      FutureCallback<?> callback) {
    if (callback instanceof MinimalLease) {
      return null;
    }
    try {
      Captured captured = Captured.by(callback);
      return captured == null
          ? null
          : MinimalAsyncCall.begin(
              new MinimalEndpoints(client, leaseTimeout, connectTimeout, captured.context()),
              captured.request(),
              target,
              callback);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The exchange to send in place of the client's own; null to leave it alone. */
  static @Nullable AsyncClientExchangeHandler onTheWire(AsyncClientExchangeHandler exchange) {
    AsyncServerRuntime server = HANDED.get();
    if (server == null) {
      return null;
    }
    HANDED.remove();
    try {
      return server.onTheWire(exchange);
    } catch (Throwable fault) {
      Faults.report(fault);
      server.abandon();
      return null;
    }
  }

  @Override
  public Object connector() {
    return client;
  }

  @Override
  public Future<?> connect(HttpHost host, FutureCallback<?> callback) {
    try {
      return (Future<?>)
          LEASE_ENDPOINT.invokeExact(
              client, host, leaseTimeout, connectTimeout, context, (FutureCallback<?>) callback);
    } catch (RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable unheardOf) {
      throw new IllegalStateException(unheardOf);
    }
  }

  @Override
  public void hand(FutureCallback<Object> theirs, Object connection, AsyncExecRuntime runtime) {
    if (runtime instanceof AsyncServerRuntime server) {
      HANDED.set(server);
    }
    try {
      theirs.completed(connection);
    } finally {
      HANDED.remove();
    }
  }

  @Override
  public boolean isClosed() {
    return client.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) >= 0;
  }
}
