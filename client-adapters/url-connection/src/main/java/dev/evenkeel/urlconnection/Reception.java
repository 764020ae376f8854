package dev.evenkeel.urlconnection;

/**
 * How far the JDK is with what comes back to one call. Thread-safe: a connection may be closed on
 * another thread than the one that waits for its bytes.
 */
final class Reception {
  /** While the JDK waits for a response or a body, its closing of the connection is a failure. */
  private volatile boolean isWaiting;

  private volatile boolean isClosedWhileWaiting;

  /** Until the JDK is through with the head of a response that it is not to keep. */
  private boolean isAnswerGivenUp;

  private volatile long bodyBytes = -1;

  /** The client is about to connect. */
  void connecting() {
    isClosedWhileWaiting = false;
  }

  /** The JDK begins to wait for bytes of the server. */
  void waiting() {
    isClosedWhileWaiting = false;
    isWaiting = true;
  }

  /**
   * The JDK stops waiting.
   *
   * @return true if it closed the connection meanwhile: something was wrong with it
   */
  boolean waited() {
    isWaiting = false;
    return isClosedWhileWaiting;
  }

  /**
   * The JDK closes the connection.
   *
   * @return true if it waits for bytes: it has lost them, and may send the request once more
   */
  boolean closed() {
    boolean was = isWaiting;
    if (was) {
      isClosedWhileWaiting = true;
    }
    return was;
  }

  /** True while the JDK waits on a connection that it closed; or sends its request once more. */
  boolean isLost() {
    return isWaiting && isClosedWhileWaiting;
  }

  /** The response that has arrived is not the application's. */
  void answerGivenUp() {
    isAnswerGivenUp = true;
  }

  /** True after {@link #answerGivenUp}, once. */
  boolean takeGivenUp() {
    boolean taken = isAnswerGivenUp;
    isAnswerGivenUp = false;
    return taken;
  }

  /** Bytes that the response declares for its body; -1 if it does not. */
  long bodyBytes() {
    return bodyBytes;
  }

  void declare(long newBodyBytes) {
    bodyBytes = newBodyBytes;
  }
}
