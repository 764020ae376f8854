package dev.evenkeel.httpclient5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** How the minimal asynchronous client connects for one call. Thread-safe. */
record MinimalPool(
    MinimalHttpAsyncClient client,
    @Nullable Timeout leaseTimeout,
    @Nullable Timeout connectTimeout,
    HttpClientContext context) {
  static final String LEASE = "leaseEndpoint";

  private static final MethodHandle LEASE_ENDPOINT;

  static {
    try {
      LEASE_ENDPOINT =
          MethodHandles.privateLookupIn(MinimalHttpAsyncClient.class, MethodHandles.lookup())
              .findVirtual(
                  MinimalHttpAsyncClient.class,
                  LEASE,
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

  /** Begins to connect to {@code host}. */
  Future<?> connect(HttpHost host, FutureCallback<?> callback) {
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

  /** True if the client was closed, or told to. */
  boolean isClosed() {
    return client.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) >= 0;
  }
}
