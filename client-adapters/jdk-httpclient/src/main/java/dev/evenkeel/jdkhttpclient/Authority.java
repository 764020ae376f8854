package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Server;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request tells its server about where it was to go. Stateless. Thread-safe. */
final class Authority {
  private Authority() {}

  /** The {@code Host} header of a request in the form of HTTP/1.1; null to leave it. */
  static @Nullable String host(Object http1Request) {
    HttpRequest request = Internals.requestOfHttp1(http1Request);
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    return server == null ? Proxies.tunnel(request) : host(request.uri(), server);
  }

  /**
   * The {@code Host} header. The client's own leaves out the default port of the scheme that it
   * connects by, which is the server's and not the application's.
   */
  static String host(URI logical, Server server) {
    return server.isHostHeaderPassed() ? logical(logical) : server.authority();
  }

  /** The target of a request in the form of HTTP/1.1, as its server gets it; null to leave it. */
  static @Nullable String target(Object http1Request, String logical) {
    if (!BalancedCall.isPathUsed() && !Proxies.isUsed()) {
      return null;
    }
    HttpRequest request = Internals.requestOfHttp1(http1Request);
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    if (server == null) {
      return Proxies.tunnel(request);
    }
    if (logical.startsWith("/")) {
      return server.at(logical);
    }
    // A proxy reads it, which is told the whole URL.
    String target = server.at(HttpRequestView.INSTANCE.target(request));
    return server.scheme() + "://" + server.authority() + target;
  }

  /** The logical {@code host[:port]}. */
  static String logical(URI logical) {
    int port = logical.getPort();
    return port == -1 || port == defaultPort(logical)
        ? logical.getHost()
        : logical.getHost() + ':' + port;
  }

  private static int defaultPort(URI logical) {
    return logical.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
  }

  /** The pseudo headers of HTTP/2 (RFC 9113, section 8.3.1). */
  static HttpHeaders pseudoHeaders(HttpHeaders logical, Server server) {
    Map<String, List<String>> headers = new HashMap<>(logical.map());
    headers.put(":scheme", List.of(server.scheme()));
    if (!server.path().isEmpty()) {
      headers.computeIfPresent(":path", (name, path) -> List.of(server.at(path.get(0))));
    }
    if (!server.isHostHeaderPassed()) {
      headers.put(":authority", List.of(server.authority()));
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }
}
