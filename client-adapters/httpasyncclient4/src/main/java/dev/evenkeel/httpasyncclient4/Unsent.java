package dev.evenkeel.httpasyncclient4;

import java.io.IOException;
import org.apache.http.HttpConnectionMetrics;
import org.apache.http.impl.conn.ConnectionShutdownException;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a call failed before any of it was sent. The client writes its request into a
 * buffer before the TLS handshake, and learns of a refused certificate after. Stateless.
 * Thread-safe.
 */
final class Unsent {
  private Unsent() {}

  static boolean is(Object handler, BalancedCall call, @Nullable Exception failure) {
    return failure instanceof IOException && (!call.isSent() || isBuffered(handler, call));
  }

  private static boolean isBuffered(Object handler, BalancedCall call) {
    long before = call.sentBefore();
    return before >= 0 && sentBytes(handler) == before;
  }

  /** What the handler's connection has sent so far; -1 if it does not tell. */
  static long sentBytes(Object handler) {
    NHttpClientConnection connection = Internals.connection(handler);
    HttpConnectionMetrics metrics = connection == null ? null : connection.getMetrics();
    return metrics == null ? -1 : metrics.getSentBytesCount();
  }

  /** Keeps the events of the connection that failed away from the call that goes on without it. */
  static void letGo(Object handler) {
    NHttpClientConnection connection = Internals.connection(handler);
    try {
      if (connection != null) {
        connection.getContext().removeAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER);
      }
    } catch (ConnectionShutdownException gone) {
      // It is the pool's again, which has no events of a call.
    }
  }
}
