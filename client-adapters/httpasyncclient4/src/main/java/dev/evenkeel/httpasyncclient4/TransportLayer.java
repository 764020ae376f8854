package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import org.apache.http.HttpHost;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.apache.http.nio.reactor.IOSession;
import org.apache.http.protocol.HttpContext;

/** Puts a transport's TLS on a connection, which remembers that it has one. Thread-safe. */
final class TransportLayer implements SchemeIOSessionStrategy {
  private static final String MARK = "dev.evenkeel.transport";

  private final ServerTls tls;
  private final SSLIOSessionStrategy strategy;

  TransportLayer(ServerTls tls) {
    this.tls = tls;
    this.strategy = new SSLIOSessionStrategy(tls.context(), tls.hostnameVerifier());
  }

  /** True if this is the context of a connection with a transport's TLS. */
  static boolean isOn(HttpContext connection) {
    return connection.getAttribute(MARK) != null;
  }

  @Override
  public boolean isLayeringRequired() {
    return true;
  }

  @Override
  public IOSession upgrade(HttpHost host, IOSession session) throws IOException {
    session.setAttribute(MARK, tls.id());
    return strategy.upgrade(new HttpHost(nameOf(host), host.getPort(), "https"), session);
  }

  /** In this library an IPv6 literal keeps the brackets that it has in a URI. */
  private static String nameOf(HttpHost host) {
    String name = host.getHostName();
    return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
  }
}
