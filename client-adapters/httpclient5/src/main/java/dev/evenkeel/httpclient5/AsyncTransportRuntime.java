package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of an asynchronous attempt at a server with a transport, which connects for its pass.
 * The client begins to connect on the thread that asks for it. Thread-safe where the client's is.
 */
final class AsyncTransportRuntime extends AsyncForwardingRuntime {
  private final TransportPass pass;
  private final HttpClientContext context;

  AsyncTransportRuntime(Scope logical, ServerTls tls) {
    super(logical.execRuntime);
    this.pass = TransportPass.of(tls);
    this.context = logical.clientContext;
  }

  @Override
  void check() throws IOException {
    pass.check();
  }

  /** An HTTP/2-only client connects here. */
  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      @Nullable Object state,
      HttpClientContext acquiring,
      FutureCallback<AsyncExecRuntime> callback) {
    TransportPass before = pass.enter();
    try {
      return super.acquireEndpoint(id, route, state, acquiring, callback);
    } finally {
      TransportPass.leave(before);
    }
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext connecting, FutureCallback<AsyncExecRuntime> callback) {
    pass.connecting();
    TransportPass before = pass.enter();
    try {
      return super.connectEndpoint(connecting, callback);
    } finally {
      TransportPass.leave(before);
    }
  }

  @Override
  public void upgradeTls(HttpClientContext upgrading) {
    upgradeTls(upgrading, null);
  }

  @Override
  public void upgradeTls(
      HttpClientContext upgrading, @Nullable FutureCallback<AsyncExecRuntime> callback) {
    TransportPass before = pass.enter();
    try {
      super.upgradeTls(upgrading, callback);
    } finally {
      TransportPass.leave(before);
    }
  }

  @Override
  public void markConnectionReusable(@Nullable Object state, TimeValue validityTime) {
    super.markConnectionReusable(TransportRuntime.ofAnybody(state, context), validityTime);
  }
}
