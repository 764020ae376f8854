package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** A runtime that does what the client's own does. Thread-safe where the client's is. */
abstract class ForwardingRuntime implements ExecRuntime {
  private final ExecRuntime runtime;

  ForwardingRuntime(ExecRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public boolean isExecutionAborted() {
    return runtime.isExecutionAborted();
  }

  @Override
  public boolean isEndpointAcquired() {
    return runtime.isEndpointAcquired();
  }

  @Override
  public void acquireEndpoint(
      String id, HttpRoute route, @Nullable Object state, HttpClientContext context)
      throws IOException {
    runtime.acquireEndpoint(id, route, state, context);
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
  public void disconnectEndpoint() throws IOException {
    runtime.disconnectEndpoint();
  }

  @Override
  public void connectEndpoint(HttpClientContext context) throws IOException {
    runtime.connectEndpoint(context);
  }

  @Override
  public void upgradeTls(HttpClientContext context) throws IOException {
    runtime.upgradeTls(context);
  }

  @Override
  public @Nullable EndpointInfo getEndpointInfo() {
    return LaterMembers.endpointInfo(runtime);
  }

  @Override
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, HttpClientContext context)
      throws IOException, HttpException {
    return execute(id, request, null, context);
  }

  @Override
  public ClassicHttpResponse execute(
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context)
      throws IOException, HttpException {
    return LaterMembers.execute(runtime, id, request, informed, context);
  }

  @Override
  public boolean isConnectionReusable() {
    return runtime.isConnectionReusable();
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
  public ExecRuntime fork(CancellableDependency cancellableAware) {
    return runtime.fork(cancellableAware);
  }
}
