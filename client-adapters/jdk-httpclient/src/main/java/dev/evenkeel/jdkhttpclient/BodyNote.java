package dev.evenkeel.jdkhttpclient;

/**
 * What is known of the application's body in one try: a publisher may speak long after the call
 * went on. Thread-safe.
 */
final class BodyNote {
  private volatile long declaredBytes = -1;
  private volatile boolean hasFailed;

  /**
   * The client is told how long the body is.
   *
   * @param newBytes 0 for none, below that if nobody knows
   */
  void declare(long newBytes) {
    declaredBytes = newBytes;
  }

  /** True if the body is longer than it is said to be, which the client does not send. */
  boolean isExceededBy(long bytes) {
    return declaredBytes >= 0 && bytes > declaredBytes;
  }

  /** True if the body is shorter than it is said to be. */
  boolean isMissedBy(long bytes) {
    return bytes < declaredBytes;
  }

  /** The body has failed by itself. */
  void failed() {
    hasFailed = true;
  }

  boolean hasFailed() {
    return hasFailed;
  }
}
