package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.WeakIdentityMap;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Calls through the HTTP proxy that the application's selector names for the logical host: the
 * client goes on as ever, and what the proxy reads names the server. Stateless but for what it
 * needs to know a tunnel by. Thread-safe.
 */
final class Proxies {
  /** What the client says of a tunnel that a proxy refused, before the status. */
  private static final String REFUSED = "Tunnel failed, got: ";

  private static final int SERVER_ERROR = 500;

  /**
   * The servers by the very address object that the client asks a proxy for a tunnel to. The name
   * in it need not be the server's, and need not be one that a URI takes.
   */
  private static final WeakIdentityMap<InetSocketAddress, Server> TUNNELS = new WeakIdentityMap<>();

  /** False while no call of this JVM went through a proxy: then nobody looks for one. */
  private static volatile boolean isUsed;

  private Proxies() {}

  static boolean isProxied(HttpRequest request) {
    return RequestInternals.proxy(request) != null;
  }

  /** False if no request line is for a proxy. */
  static boolean isUsed() {
    return isUsed;
  }

  /**
   * The address of a server, for the proxy to resolve. Connections through the proxy are kept by
   * it, so a transport has its own name here too.
   */
  static InetSocketAddress address(Server server) {
    isUsed = true;
    ServerTls tls = server.tls();
    String name = tls == null ? server.host() : TransportTls.name(server, tls);
    InetSocketAddress address = InetSocketAddress.createUnresolved(name, server.port());
    TUNNELS.put(address, server);
    return address;
  }

  /** {@code host:port} of the server that a {@code CONNECT} is for; null for any other request. */
  static @Nullable String tunnel(HttpRequest request) {
    if (!isUsed || !request.method().equals("CONNECT")) {
      return null;
    }
    InetSocketAddress address = RequestInternals.authority(request);
    Server server = address == null ? null : TUNNELS.get(address);
    if (server == null) {
      return null;
    }
    String host = server.host();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + server.port();
  }

  /**
   * The version of HTTP for a try: a proxy that reads requests is never asked for an upgrade, since
   * the client would take it for the server of whatever goes through it next.
   *
   * @return null to leave it
   */
  static @Nullable Version version(Object clientExchange) {
    if (!isUsed) {
      return null;
    }
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    return server != null && server.scheme().equals("http") && isProxied(request)
        ? Version.HTTP_1_1
        : null;
  }

  /** True if a try failed for a proxy that cannot be reached, or will not have the request. */
  static boolean isToBlame(HttpRequest request, Throwable cause) {
    if (!isUsed || !isProxied(request)) {
      return false;
    }
    int refusal = refusal(cause);
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || (refusal > 0 && refusal < SERVER_ERROR);
  }

  /** True if a try failed for a proxy that could not connect to the server. */
  static boolean isUnconnected(HttpRequest request, Throwable cause) {
    return isUsed && refusal(cause) >= SERVER_ERROR && isProxied(request);
  }

  /** The status that a proxy refused a tunnel with; 0 if that is not what happened. */
  static int refusal(Throwable cause) {
    String message = cause.getMessage();
    if (message == null
        || !message.startsWith(REFUSED)
        || message.length() != REFUSED.length() + 3) {
      return 0;
    }
    int status = 0;
    for (int i = REFUSED.length(); i < message.length(); i++) {
      int digit = message.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = 10 * status + digit;
    }
    return status;
  }
}
