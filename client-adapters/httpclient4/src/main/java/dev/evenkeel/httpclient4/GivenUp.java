package dev.evenkeel.httpclient4;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.apache.http.HttpStatus;

/**
 * What is given up for another service's response, and how the client's step is made to end on it:
 * by an exception, after which it closes the connection and makes nothing of the response.
 * Thread-safe: stateless.
 */
final class GivenUp {
  private GivenUp() {}

  /** False for a failure that says nothing of the server. */
  static boolean isServers(Throwable failure) {
    boolean isInterrupted =
        failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
    return !isInterrupted && !Thread.currentThread().isInterrupted();
  }

  /** What a proxy would answer after a failure. */
  static int statusOf(Throwable failure) {
    return failure instanceof SocketTimeoutException
        ? HttpStatus.SC_GATEWAY_TIMEOUT
        : HttpStatus.SC_BAD_GATEWAY;
  }

  /** For the step alone: the application gets what comes of the next attempt. */
  static IOException exception(int status) {
    return new IOException("response " + status + " is given up for another service's");
  }

  /** For whoever sends the request anew meanwhile. */
  static IOException again() {
    return new IOException("the request goes to another service");
  }
}
