package dev.evenkeel.spi;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/**
 * What a proxy would answer where its call of a server failed, when something may have been sent.
 * Stateless. Thread-safe.
 */
public final class GatewayStatus {
  /** For a failure that says nothing of the server: there is nothing to judge. */
  public static final int NONE = 0;

  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private GatewayStatus() {}

  /**
   * The status for {@link Exchange#giveUp}.
   *
   * @return 504 after a timeout, 502 after any other failure, {@link #NONE} where the calling
   *     thread was interrupted
   */
  public static int of(Throwable failure) {
    if (failure instanceof SocketTimeoutException) {
      return Thread.currentThread().isInterrupted() ? NONE : GATEWAY_TIMEOUT;
    }
    boolean isInterrupted =
        failure instanceof InterruptedIOException || Thread.currentThread().isInterrupted();
    return isInterrupted ? NONE : BAD_GATEWAY;
  }
}
