package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import okhttp3.Address;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What tells a re-targeted {@link Address} from others: it stands in for the client's proxy
 * selector, which it asks for the logical host, and is equal only for the same server and the same
 * question. So each server has its own pooled connections, they are shared with no direct call, and
 * none is used that the selector would not have chosen. Thread-safe.
 */
final class ServerMark extends ProxySelector {
  private final Server server;
  private final Target target;
  private final HttpUrl logical;
  private final ProxySelector clients;
  private volatile @Nullable Origin origin;

  ServerMark(Server server, Target target, HttpUrl logical, ProxySelector clients) {
    this.server = server;
    this.target = target;
    this.logical = logical;
    this.clients = clients;
  }

  /** The mark of an address; null if the address is not ours. */
  static @Nullable ServerMark of(Address address) {
    return address.proxySelector() instanceof ServerMark mark ? mark : null;
  }

  /** How TLS is spoken with the server; null where the client's own TLS does. */
  @Nullable ServerTls tls() {
    return server.tls();
  }

  Target target() {
    return target;
  }

  /** True if a URL's host and port are the logical ones. */
  boolean isForLogical(HttpUrl url) {
    return url.port() == logical.port() && url.host().equals(logical.host());
  }

  /**
   * True if the way to the server may lead through a proxy that reads requests, as far as the
   * client's selector says; one that throws will be asked again.
   */
  boolean isProxied() {
    try {
      List<Proxy> proxies = select(known().uri());
      if (proxies != null) {
        for (Proxy proxy : proxies) {
          if (proxy.type() == Proxy.Type.HTTP) {
            return true;
          }
        }
      }
      return false;
    } catch (RuntimeException ofTheApplication) {
      return false;
    }
  }

  @Override
  public @Nullable List<Proxy> select(URI ofServer) {
    URI ofLogical = known().uri();
    // As OkHttp: a selector cannot be asked about a host that a URI does not take for one.
    return ofLogical.getHost() == null ? List.of(Proxy.NO_PROXY) : clients.select(ofLogical);
  }

  @Override
  public void connectFailed(URI ofServer, SocketAddress proxy, IOException failure) {
    clients.connectFailed(known().uri(), proxy, failure);
  }

  /** Scheme, host and port of the logical URL: all that OkHttp tells a selector. */
  HttpUrl origin() {
    return known().url();
  }

  /** OkHttp 3 asks in every call. */
  private Origin known() {
    Origin known = origin;
    if (known == null) {
      known = Origin.of(logical);
      origin = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerMark that
        && server == that.server
        && clients.equals(that.clients)
        && isForLogical(that.logical)
        && logical.scheme().equals(that.logical.scheme());
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(server) + clients.hashCode();
  }

  @Override
  public String toString() {
    return clients.toString();
  }

  private record Origin(HttpUrl url, URI uri) {
    static Origin of(HttpUrl logical) {
      HttpUrl url =
          new HttpUrl.Builder()
              .scheme(logical.scheme())
              .host(logical.host())
              .port(logical.port())
              .build();
      return new Origin(url, url.uri());
    }
  }
}
