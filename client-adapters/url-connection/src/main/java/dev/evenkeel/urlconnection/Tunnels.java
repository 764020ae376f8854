package dev.evenkeel.urlconnection;

import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks do where the JDK asks an HTTP proxy for a tunnel. Thread-safe.
 *
 * <p>A proxy may want credentials first, for which the JDK looks for another client: it is for the
 * same server, and so the call stands in a field of the thread meanwhile.
 */
final class Tunnels {
  private static final ThreadLocal<@Nullable BalancedCall> ASKING = new ThreadLocal<>();

  /** False while no call of this JVM ever had a tunnel. */
  private static volatile boolean isUsed;

  private Tunnels() {}

  /** A connection is about to ask for a tunnel: its call, which {@link #leave} needs. */
  static @Nullable Object enter(Object connection) {
    BalancedCall call = Answers.of(connection);
    if (call == null || call.tunnel() == null) {
      return null;
    }
    isUsed = true;
    ASKING.set(call);
    return call;
  }

  /** It has one, or failed: what a proxy refuses is its answer, and no reason to go elsewhere. */
  static void leave(@Nullable Object entered, @Nullable Throwable thrown) {
    if (!(entered instanceof BalancedCall call)) {
      return;
    }
    ASKING.set(null);
    Tunnel tunnel = call.tunnel();
    if (tunnel == null) {
      return;
    }
    tunnel.finished();
    if (thrown != null && Calls.isGivenUp(thrown)) {
      call.giveUp();
    } else if (thrown != null) {
      call.end(tunnel.refusal());
    }
  }

  /** The call for which a connection looks for another client, in the middle of asking. */
  static @Nullable BalancedCall asking(HttpURLConnection connection) {
    BalancedCall call = isUsed ? ASKING.get() : null;
    Tunnel tunnel = call == null ? null : call.tunnel();
    return call != null && tunnel != null && tunnel.isUnderWay() && call.logical().isOf(connection)
        ? call
        : null;
  }

  /** Asks for a tunnel where the JDK does not, having one already, on a connection made anew. */
  static void open(Object client, BalancedCall call) throws Throwable {
    HttpURLConnection owner = call.logical().owner();
    if (call.tunnel() == null || call.logical().isPlain() || owner == null) {
      return;
    }
    Object requests = Library.requests(client);
    Object poster = Library.poster(client);
    Library.tunnel(owner);
    Library.putBackRequest(client, requests, poster);
  }
}
