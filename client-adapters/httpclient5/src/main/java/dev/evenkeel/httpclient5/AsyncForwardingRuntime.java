package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** A runtime that does what the client's own does. Thread-safe where the client's is. */
abstract class AsyncForwardingRuntime implements AsyncExecRuntime {
  private final AsyncExecRuntime runtime;

  AsyncForwardingRuntime(AsyncExecRuntime runtime) {
    this.runtime = runtime;
  }

  /** Fails where nothing may be sent on the connection that was made. */
  void check() throws IOException {
    if (runtime instanceof AsyncForwardingRuntime inner) {
      inner.check();
    }
  }

  @Override
  public boolean isEndpointAcquired() {
    return runtime.isEndpointAcquired();
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      @Nullable Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    return runtime.acquireEndpoint(id, route, state, context, callback);
  }

  @Override
  public void releaseEndpoint() {
    runtime.releaseEndpoint();
  }

  @Override
  public void discardEndpoint() {
    runtime.discardEndpoint();
  }

  @Override
  public boolean isEndpointConnected() {
    return runtime.isEndpointConnected();
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    return runtime.connectEndpoint(context, callback);
  }

  @Override
  public void disconnectEndpoint() {
    LaterMembers.disconnectEndpoint(runtime);
  }

  @Override
  public void upgradeTls(HttpClientContext context) {
    runtime.upgradeTls(context);
  }

  @Override
  public void upgradeTls(
      HttpClientContext context, @Nullable FutureCallback<AsyncExecRuntime> callback) {
    LaterMembers.upgradeTls(runtime, context, callback);
  }

  @Override
  public @Nullable EndpointInfo getEndpointInfo() {
    return LaterMembers.endpointInfo(runtime);
  }

  @Override
  public boolean validateConnection() {
    return runtime.validateConnection();
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    return runtime.execute(id, handler, context);
  }

  @Override
  public void markConnectionReusable(@Nullable Object state, TimeValue validityTime) {
    runtime.markConnectionReusable(state, validityTime);
  }

  @Override
  public void markConnectionNonReusable() {
    runtime.markConnectionNonReusable();
  }

  @Override
  public AsyncExecRuntime fork() {
    return runtime.fork();
  }
}
