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
  static @Nullable LogicalHead replace(Object headers, BalancedCall call, Server server)
      throws Throwable {
    boolean isForProxy = call.tunnel() != null && call.logical().isPlain();
    String line = isForProxy || !server.path().isEmpty() ? Library.name(headers, 0) : null;
    String host = server.isHostHeaderPassed() ? null : Library.header(headers, "Host");
    if (line == null && host == null) {
      return null;
    }
    if (line != null) {
      int start = line.indexOf(' ') + 1;
      int end = line.lastIndexOf(' ');
      String logical = line.substring(start, end);
      String target =
          isForProxy
              ? "http://" + server.authority() + server.at(pathOf(logical))
              : server.at(logical);
      Library.setRequestLine(headers, line.substring(0, start) + target + line.substring(end));
    }
    if (host != null) {
      Library.setHeader(headers, "Host", server.authority());
    }
    return new LogicalHead(line, host);
  }

  /** Path and query of what a proxy is asked for (RFC 9112, section 3.2.2). */
  private static String pathOf(String absolute) {
    int authority = absolute.indexOf("://") + 3;
    for (int i = authority; i < absolute.length(); i++) {
      if (absolute.charAt(i) == '/') {
        return absolute.substring(i);
      }
      if (absolute.charAt(i) == '?') {
        return '/' + absolute.substring(i);
      }
    }
    return "/";
  }

  /** Tells a proxy to connect to a server (RFC 9110, section 9.3.6). */
  static LogicalHead connect(Object headers, Target target) throws Throwable {
    String line = Library.name(headers, 0);
    String host = Library.header(headers, "Host");
    Library.setRequestLine(headers, "CONNECT " + target.host() + ':' + target.port() + " HTTP/1.1");
    if (host != null) {
      Library.setHeader(headers, "Host", target.server().authority());
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
