package dev.evenkeel.httpclient4;

import java.io.IOException;

/**
 * How the client's step is made to end on a response that is given up for another service's: by an
 * exception, after which it closes the connection and makes nothing of the response. Thread-safe:
 * stateless.
 */
final class GivenUp {
  private GivenUp() {}

  /** For the step alone: the application gets what comes of the next attempt. */
  static IOException exception(int status) {
    return new IOException("response " + status + " is given up for another service's");
  }

  /** For whoever sends the request anew meanwhile. */
  static IOException again() {
    return new IOException("the request goes to another service");
  }
}
