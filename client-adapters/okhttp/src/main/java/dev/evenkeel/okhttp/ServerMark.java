package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;
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
 *
 * <p>It also carries the state of the call that planned with the address; a pooled connection keeps
 * the address, so the state is let go when the call ends.
 */
final class ServerMark extends ProxySelector {
  private final Server server;
  private final Target target;
  private final HttpUrl logical;
  private final ProxySelector clients;
  private volatile @Nullable BalancedCall balanced;

  ServerMark(
      Server server, Target target, HttpUrl logical, ProxySelector clients, BalancedCall balanced) {
    this.server = server;
    this.target = target;
    this.logical = logical;
    this.clients = clients;
    this.balanced = balanced;
  }

  /** The mark of an address; null if the address is not ours. */
  static @Nullable ServerMark of(Address address) {
    return address.proxySelector() instanceof ServerMark mark ? mark : null;
  }

  /** The state of the call that planned with this address; null when it is over or not ours. */
  static @Nullable BalancedCall balanced(Address address) {
    ServerMark mark = of(address);
    return mark == null ? null : mark.balanced;
  }

  Target target() {
    return target;
  }

  void release() {
    balanced = null;
  }

  @Override
  public @Nullable List<Proxy> select(URI ofServer) {
    URI ofLogical = origin();
    // As OkHttp: a selector cannot be asked about a host that a URI does not take for one.
    return ofLogical.getHost() == null ? List.of(Proxy.NO_PROXY) : clients.select(ofLogical);
  }

  @Override
  public void connectFailed(URI ofServer, SocketAddress proxy, IOException failure) {
    clients.connectFailed(origin(), proxy, failure);
  }

  /** Scheme, host and port: all that OkHttp tells a selector. */
  private URI origin() {
    return new HttpUrl.Builder()
        .scheme(logical.scheme())
        .host(logical.host())
        .port(logical.port())
        .build()
        .uri();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerMark that
        && server == that.server
        && clients.equals(that.clients)
        && logical.port() == that.logical.port()
        && logical.scheme().equals(that.logical.scheme())
        && logical.host().equals(that.logical.host());
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(server) + clients.hashCode();
  }

  @Override
  public String toString() {
    return clients.toString();
  }
}
