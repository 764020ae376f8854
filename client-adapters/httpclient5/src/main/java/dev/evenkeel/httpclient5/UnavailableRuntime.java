package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.net.ConnectException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/** The runtime of a call that found no server: no connection can be had. Thread-safe. */
final class UnavailableRuntime extends ForwardingRuntime {
  private final ConnectException unavailable;

  UnavailableRuntime(ExecRuntime runtime, ConnectException unavailable) {
    super(runtime);
    this.unavailable = unavailable;
  }

  @Override
  public void acquireEndpoint(
      String id, HttpRoute route, @Nullable Object state, HttpClientContext context)
      throws IOException {
    throw unavailable;
  }
}
