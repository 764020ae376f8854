package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.TimeValue;

/** An HTTP/2 connection that a call leaves while it is good. Thread-safe: stateless. */
final class LeftConnection {
  private LeftConnection() {}

  /** Gives back the connection of {@code scope} for as long as its client keeps connections. */
  static void giveBack(Scope scope) {
    try {
      markReusable(scope);
      scope.execRuntime.releaseEndpoint();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  private static void markReusable(Scope scope) {
    RequestConfig config = scope.clientContext.getRequestConfig();
    TimeValue kept = config == null ? null : config.getConnectionKeepAlive();
    try {
      scope.execRuntime.markConnectionReusable(
          scope.clientContext.getUserToken(), kept == null ? TimeValue.NEG_ONE_MILLISECOND : kept);
    } catch (UnsupportedOperationException ofTheHttp2OnlyClient) {
      // Its connections are everybody's, and kept unless it is told otherwise.
    }
  }
}
