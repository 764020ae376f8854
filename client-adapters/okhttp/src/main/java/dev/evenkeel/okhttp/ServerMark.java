package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;
import java.io.IOException;
import okhttp3.Address;
import okhttp3.Authenticator;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * What tells a re-targeted {@link Address} from others: it stands in for the client's proxy
 * authenticator, does what that does, and is equal only for the same server, so that each server
 * has its own pooled connections and they are shared with no direct call. Thread-safe.
 *
 * <p>Of all that OkHttp compares of two addresses the authenticator is the part that is asked least
 * and whose interface never grew. It also carries the state of the call that planned with the
 * address; a pooled connection keeps the address, so the state is let go when the call ends.
 */
final class ServerMark implements Authenticator {
  private final Server server;
  private final Target target;
  private final Authenticator clients;
  private volatile @Nullable BalancedCall balanced;

  ServerMark(Server server, Target target, Authenticator clients, BalancedCall balanced) {
    this.server = server;
    this.target = target;
    this.clients = clients;
    this.balanced = balanced;
  }

  /** The mark of an address; null if the address is not ours. */
  static @Nullable ServerMark of(Address address) {
    return address.proxyAuthenticator() instanceof ServerMark mark ? mark : null;
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
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    return clients.authenticate(route, response);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerMark that
        && server == that.server
        && clients.equals(that.clients);
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
