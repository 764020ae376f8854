package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import org.jspecify.annotations.Nullable;

/**
 * Whether what comes back to a call is given up for the response of another service, and what is
 * kept of its request until that is known. Not thread-safe, except that the application may give
 * the call up at any time.
 */
final class Judgement {
  private final Exchange exchange;

  /** True once the attempt under way was judged, or is not to be. */
  private boolean isMade;

  private boolean isBodyOpen;
  private @Nullable KeptBody kept;
  private volatile boolean isCallOver;

  Judgement(Exchange exchange) {
    this.exchange = exchange;
  }

  /** True if a body of this length must not be sent by the attempt under way; -1 if not known. */
  boolean isTooLong(long bodyBytes) {
    return bodyBytes > exchange.maxBodyBytes();
  }

  /** True while it matters how long a body is. */
  boolean isLimited() {
    return exchange.maxBodyBytes() < Long.MAX_VALUE;
  }

  /**
   * The head of a request is about to be written whose body the application streams.
   *
   * @param contentLength bytes; -1 if it is not known
   * @return true if the body is to be kept
   */
  boolean keepBody(long contentLength) {
    if (!isBodyOpen) {
      kept = exchange.keepBody(contentLength);
    }
    return kept != null;
  }

  /** The application is about to write the body that it streams. */
  void openBody() {
    isBodyOpen = true;
  }

  /** False where the server is yet to say whether it wants the body. */
  boolean isBodyOpen() {
    return isBodyOpen;
  }

  /** Where the streamed body is kept on its way; null if it need not be. */
  @Nullable KeptBody kept() {
    return kept;
  }

  /** The streamed body, if there is one, has been written whole. */
  void bodySent() {
    if (kept != null) {
      kept.end();
    }
  }

  /**
   * Judges the attempt under way, once.
   *
   * @param isStreaming true if the JDK has not got the body
   */
  boolean givesUp(int status, boolean isStreaming) {
    if (isMade || isCallOver) {
      return false;
    }
    isMade = true;
    boolean isRepeatable = !isStreaming || (kept != null && (!isBodyOpen || kept.isWhole()));
    return isRepeatable && exchange.giveUp(status);
  }

  /** Another attempt begins. */
  void begin() {
    isMade = false;
  }

  /** What comes back is the application's, and may be read for long: nothing need be kept. */
  void stand() {
    isMade = true;
    kept = null;
  }

  /** The application has no use for any response. */
  void callOver() {
    isCallOver = true;
  }

  boolean isCallOver() {
    return isCallOver;
  }
}
