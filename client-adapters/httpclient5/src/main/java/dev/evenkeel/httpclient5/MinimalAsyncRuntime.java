package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the runtime that the minimal asynchronous client does not have: it leases, releases
 * and executes by itself, so nothing is to do here. Thread-safe.
 */
final class MinimalAsyncRuntime implements AsyncExecRuntime {
  private final MinimalPool pool;
  private volatile @Nullable IOSession session;

  MinimalAsyncRuntime(MinimalPool pool) {
    this.pool = pool;
  }

  /** What leads to what connects, as {@link Operators} ask it. */
  Object connector() {
    return pool.connector();
  }

  /** The client is given this session. */
  void handed(IOSession given) {
    session = given;
  }

  /** What the client was given last; null where that is no session. */
  @Nullable IOSession session() {
    return session;
  }

  /** True if the client was closed, or told to. */
  boolean isClosed() {
    return pool.isClosed();
  }

  @Override
  public boolean isEndpointAcquired() {
    return false;
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      @Nullable Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void releaseEndpoint() {}

  @Override
  public void discardEndpoint() {}

  @Override
  public boolean isEndpointConnected() {
    return false;
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void disconnectEndpoint() {}

  @Override
  public void upgradeTls(HttpClientContext context) {}

  @Override
  public boolean validateConnection() {
    return false;
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void markConnectionReusable(Object state, TimeValue validityTime) {}

  @Override
  public void markConnectionNonReusable() {}

  @Override
  public AsyncExecRuntime fork() {
    return this;
  }
}
