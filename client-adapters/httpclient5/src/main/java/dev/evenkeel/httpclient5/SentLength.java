package dev.evenkeel.httpclient5;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/**
 * How much of a request's body the connection took, and whether that is all that was declared: if
 * not, nobody says so, and the server waits for the rest. Of a body that is too long, the
 * connection takes what was declared. Thread-safe.
 */
final class SentLength {
  private final HttpRequest wire;
  private final AtomicLong takenBytes = new AtomicLong();
  private volatile boolean isShort;

  /**
   * @param wire what the connection puts the length into; in HTTP/2 none
   */
  SentLength(HttpRequest wire) {
    this.wire = wire;
  }

  /** The connection took a part of the body. */
  void taken(int bytes) {
    takenBytes.addAndGet(bytes);
  }

  long takenBytes() {
    return takenBytes.get();
  }

  /** The body is at its end. A fault is reported and stays here. */
  void ended() {
    try {
      Header declared = wire.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
      isShort = declared != null && takenBytes.get() < Long.parseLong(declared.getValue());
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** True if the body ended too early. */
  boolean isShort() {
    return isShort;
  }
}
