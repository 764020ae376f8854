package dev.evenkeel.spi;

/** How an attempt ended. */
public enum Outcome {
  /** A response came, and its body was read to the end or closed by the application. */
  COMPLETED,
  /** No connection was made and nothing was sent: another server may be tried. */
  CONNECT_FAILED,
  /**
   * The connection failed, or timed out, after something may have been sent: not tried again by us.
   */
  IO_FAILED,
  /** The application gave up the call; says nothing about the server. */
  CANCELLED
}
