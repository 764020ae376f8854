package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Outcome;

/**
 * The tunnel through an HTTP proxy that the JDK asks for, for a call by https. While it asks, what
 * is written, answered and closed is between it and the proxy. Thread-safe.
 */
final class Tunnel {
  private static final int SERVER_ERROR = 500;

  private volatile boolean isUnderWay;
  private volatile boolean isNamed;
  private volatile int status;

  /** The client is about to connect to the proxy. */
  void connecting() {
    isNamed = false;
    status = 0;
  }

  /**
   * A request is about to be written.
   *
   * @return true if it is the one to the proxy
   */
  boolean isAskedForBy(Object headers) throws Throwable {
    String line = Library.name(headers, 0);
    isUnderWay = line != null && line.startsWith("CONNECT ");
    return isUnderWay;
  }

  /** True from the request to the proxy until the JDK has its tunnel, or none. */
  boolean isUnderWay() {
    return isUnderWay;
  }

  /** The proxy was told to connect to the server. */
  void named() {
    isNamed = true;
  }

  /** False if the proxy was told nothing by us: then the tunnel leads to the logical host. */
  boolean isNamed() {
    return isNamed;
  }

  /** The proxy has answered, or the JDK waited in vain. */
  void answered(Object responses) {
    try {
      status = Library.status(responses);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** The JDK has its tunnel, or none. */
  void finished() {
    isUnderWay = false;
  }

  /** What a server is to blame for that has no tunnel: not for what a proxy forbids. */
  Outcome refusal() {
    boolean isForbidden = status > 0 && status < SERVER_ERROR;
    return isForbidden ? Outcome.CANCELLED : Outcome.CONNECT_FAILED;
  }
}
