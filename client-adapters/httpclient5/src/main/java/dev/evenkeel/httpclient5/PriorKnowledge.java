package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Server;
import java.lang.reflect.Method;
import java.util.Iterator;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 in plain text with servers by {@code h2c}. The route to such a server has a scheme of its
 * own, so that the client's pools tell its connections from those in HTTP/1.1; the operator, which
 * makes a bare connection for it, is given the settings of a client that speaks nothing else.
 * Thread-safe.
 */
final class PriorKnowledge {
  static final String SCHEME = "http+evenkeel-h2";

  private static final String TRAILERS = "trailers";
  private static final String[] OF_HTTP_1 = {
    HttpHeaders.CONNECTION,
    HttpHeaders.KEEP_ALIVE,
    HttpHeaders.PROXY_CONNECTION,
    HttpHeaders.UPGRADE,
    HttpHeaders.TRANSFER_ENCODING,
    HttpHeaders.HOST
  };

  /** A {@code TlsConfig}; the version of HTTP is all that is read of it for a bare connection. */
  private static final @Nullable Object HTTP_2_ONLY = http2Only();

  private PriorKnowledge() {}

  /** Null for a copy of the library before 5.2, which has no such class. */
  private static @Nullable Object http2Only() {
    try {
      Class<?> config =
          Class.forName(
              "org.apache.hc.client5.http.config.TlsConfig",
              false,
              AsyncExecRuntime.class.getClassLoader());
      Object builder = config.getMethod("custom").invoke(null);
      Method setPolicy = builder.getClass().getMethod("setVersionPolicy", HttpVersionPolicy.class);
      setPolicy.invoke(builder, HttpVersionPolicy.FORCE_HTTP_2);
      return builder.getClass().getMethod("build").invoke(builder);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Whether an attempt goes this way: with no proxy in between, by the library's operator, and with
   * a request that does not ask for another protocol, which only HTTP/1.1 can. The HTTP/2-only
   * client has no operator, and speaks HTTP/2 by itself.
   */
  static boolean isFor(Server server, Scope logical) {
    return server.isH2c()
        && HTTP_2_ONLY != null
        && logical.route.getHopCount() == 1
        && !logical.originalRequest.containsHeader(HttpHeaders.UPGRADE)
        && Operators.forceHttp2(logical.execRuntime);
  }

  /** The target of a route that goes this way. */
  static HttpHost host(Server server) {
    return new HttpHost(SCHEME, server.host(), server.port());
  }

  static boolean isMeant(HttpHost host) {
    return host.getSchemeName().equals(SCHEME);
  }

  /** True if the header speaks of a connection in HTTP/1.1: in HTTP/2 its request is malformed. */
  static boolean isOfHttp1(Header header) {
    String name = header.getName();
    for (String unknown : OF_HTTP_1) {
      if (unknown.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return HttpHeaders.TE.equalsIgnoreCase(name) && !TRAILERS.equalsIgnoreCase(header.getValue());
  }

  /** True if the request has such headers, the application's or the library's own. */
  static boolean isOfHttp1(HttpRequest request) {
    for (Iterator<Header> headers = request.headerIterator(); headers.hasNext(); ) {
      if (isOfHttp1(headers.next())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Before a connection is made.
   *
   * @param arguments the operator's, of whatever form: its settings stand before a context and who
   *     waits, or before who waits alone
   * @return other arguments in place of these, all in one; null to change nothing
   */
  static Object @Nullable [] connecting(Object[] arguments) {
    int settings = arguments.length == 6 ? 4 : arguments.length - 3;
    if (HTTP_2_ONLY == null || arguments[settings] == HTTP_2_ONLY) {
      return null;
    }
    Object[] changed = arguments.clone();
    changed[settings] = HTTP_2_ONLY;
    return new Object[] {changed};
  }
}
