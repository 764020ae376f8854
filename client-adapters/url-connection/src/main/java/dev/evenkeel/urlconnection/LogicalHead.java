package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Server;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head said before it was given the server's form. Immutable.
 *
 * @param requestLine null if it is what it was
 * @param host the value of {@code Host}; null if it is what it was
 */
record LogicalHead(@Nullable String requestLine, @Nullable String host) {
  /** Gives a head the server's form; null if that is the form it has. */
  static @Nullable LogicalHead replace(Object headers, Server server) throws Throwable {
    String line = server.path().isEmpty() ? null : Library.name(headers, 0);
    String host = server.isHostHeaderPassed() ? null : Library.header(headers, "Host");
    if (line == null && host == null) {
      return null;
    }
    if (line != null) {
      int start = line.indexOf(' ') + 1;
      int end = line.lastIndexOf(' ');
      String target = server.at(line.substring(start, end));
      Library.setRequestLine(headers, line.substring(0, start) + target + line.substring(end));
    }
    if (host != null) {
      Library.setHeader(headers, "Host", server.authority());
    }
    return new LogicalHead(line, host);
  }

  void putBack(Object headers) throws Throwable {
    if (requestLine != null) {
      Library.setRequestLine(headers, requestLine);
    }
    if (host != null) {
      Library.setHeader(headers, "Host", host);
    }
  }
}
