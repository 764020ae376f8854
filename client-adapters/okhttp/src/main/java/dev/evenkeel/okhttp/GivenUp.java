package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Exchange;
import java.net.SocketTimeoutException;
import okhttp3.Response;
import okhttp3.internal.http2.ConnectionShutdownException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a response, or a failure, is given up for the response of another service, and what
 * becomes of it. Stateless. Thread-safe.
 */
final class GivenUp {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private GivenUp() {}

  /** Asks for a response. An upgraded connection is no answer to throw away. */
  static boolean isGivenUp(int status, SentBody body, Exchange exchange) {
    boolean isGivenUp = isAskedFor(status, body, exchange);
    if (!isGivenUp) {
      body.answerStands();
    }
    return isGivenUp;
  }

  private static boolean isAskedFor(int status, SentBody body, Exchange exchange) {
    try {
      return status != SWITCHING_PROTOCOLS && body.isRepeatable() && exchange.giveUp(status);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * Asks for a failure of the connection, as what a proxy would answer. Of a shut down HTTP/2
   * connection OkHttp knows that nothing was sent, and makes another one.
   */
  static boolean isGivenUp(Throwable failure, SentBody body, Exchange exchange) {
    int status = failure instanceof SocketTimeoutException ? GATEWAY_TIMEOUT : BAD_GATEWAY;
    return !(failure instanceof ConnectionShutdownException) && isAskedFor(status, body, exchange);
  }

  /** OkHttp reads what is left of the body, or closes the connection if that takes long. */
  static void discard(@Nullable Response response) {
    if (response == null) {
      return;
    }
    try {
      response.body().close();
    } catch (RuntimeException ofItsBody) {
      // Nobody will read it: a connection that failed is closed anyway.
    }
  }
}
