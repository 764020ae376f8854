package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.RequestCopy;
import org.apache.http.Header;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpRequest;
import org.apache.http.conn.routing.HttpRoute;

/** Repeats a request's head for its mirrors where the client writes it. Thread-safe. */
final class Copies {
  private Copies() {}

  /**
   * Begins the copy, and ends it where no body follows.
   *
   * @param logical names the host and the target
   * @param wire as the server gets it
   * @return true if a body follows
   */
  static boolean begin(
      RequestCopy copy, HttpRequest logical, HttpRoute logicalRoute, HttpRequest wire) {
    copy.begin(
        wire.getRequestLine().getMethod(),
        authority(logical, logicalRoute),
        RequestView.pathOf(logical));
    for (Header header : wire.getAllHeaders()) {
      String value = header.getValue();
      copy.header(header.getName(), value == null ? "" : value);
    }
    boolean hasBody =
        wire instanceof HttpEntityEnclosingRequest enclosing && enclosing.getEntity() != null;
    if (!hasBody) {
      copy.end();
    }
    return hasBody;
  }

  private static String authority(HttpRequest logical, HttpRoute route) {
    Header host = logical.getFirstHeader(HttpHeaders.HOST);
    return host == null ? route.getTargetHost().toHostString() : host.getValue();
  }
}
