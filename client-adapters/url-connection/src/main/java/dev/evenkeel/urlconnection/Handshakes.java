package dev.evenkeel.urlconnection;

import static dev.evenkeel.urlconnection.Calls.BOUND;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** What the hooks around the TLS of a call by https do. Thread-safe: stateless. */
final class Handshakes {
  private static final @Nullable Object[] ONCE_MORE = {null, true};
  private static final @Nullable Object[] GO_ON = {null, null};

  private Handshakes() {}

  /** True if the connection of a call by https is in the clear. */
  private static boolean isInTheClear(BalancedCall call) {
    Target target = call.target();
    return target != null && !target.isTls();
  }

  /** The socket of a call by https that begins in the clear; null to leave it to the client. */
  static @Nullable Socket socket(Object client) {
    BalancedCall call = BOUND.of(client);
    if (call == null || !isPlainAtFirst(call)) {
      return null;
    }
    return isInTheClear(call) ? new ClearSocket() : new Socket();
  }

  /** True if the connection of a call by https begins in the clear, whatever follows. */
  static boolean isPlainAtFirst(BalancedCall call) {
    Target target = call.target();
    return target != null && (!target.isTls() || target.server().tls() != null);
  }

  /**
   * A client is about to shake hands.
   *
   * @return true if it need not; else what {@link #leave} needs, null if it is not ours
   */
  static @Nullable Object enter(Object client) throws Throwable {
    BalancedCall call = BOUND.of(client);
    if (call == null || call.target() == null) {
      return null;
    }
    Tunnel tunnel = call.tunnel();
    if (tunnel != null && !tunnel.isNamed() && !Library.isCached(client)) {
      call.leaveAlone(); // After a fault of ours, the tunnel leads to the logical host.
      call.retarget(client);
    }
    Target target = call.target();
    if (target == null) {
      return null;
    }
    return target.isTls() ? Tls.lend(client, target) : true;
  }

  /**
   * A client has shaken hands, or could not.
   *
   * @param entered what {@link #enter} returned
   * @return null to change nothing; else the exception to end with, and whether to shake hands once
   *     more, on the connection to another server that was made
   */
  static @Nullable Object @Nullable [] leave(
      Object client, @Nullable Object entered, @Nullable Throwable thrown) {
    Tls.takeBack(client, entered);
    BalancedCall call = BOUND.of(client);
    if (call == null) {
      return null;
    }
    if (entered == null && isPlainAtFirst(call)) {
      return leaveAlone(client, call);
    }
    if (!(thrown instanceof IOException)) {
      return null;
    }
    if (Calls.isGivenUp(thrown)) {
      call.giveUp();
      return null;
    }
    Socket failed = Library.socket(client);
    if (!call.moveOn(client)) {
      return null;
    }
    Tls.abandon(failed);
    return connected(client, call);
  }

  /** After a fault, TLS that the server must not be spoken with: nothing else was sent to it. */
  private static @Nullable Object[] leaveAlone(Object client, BalancedCall call) {
    Tls.abandon(Library.socket(client));
    call.leaveAlone();
    call.retarget(client);
    return connected(client, call);
  }

  private static @Nullable Object[] connected(Object client, BalancedCall call) {
    try {
      Library.open(client);
      Tunnels.open(client, call);
      if (isInTheClear(call)) {
        return GO_ON;
      }
    } catch (Throwable failure) {
      return new @Nullable Object[] {failure, null};
    }
    return isPrepared(client, call) ? ONCE_MORE : leaveAlone(client, call);
  }

  /** False after a fault of ours where the TLS in place is not for the server. */
  private static boolean isPrepared(Object client, BalancedCall call) {
    try {
      Object unused = enter(client);
      return true;
    } catch (Throwable fault) {
      Faults.report(fault);
      return !isPlainAtFirst(call);
    }
  }
}
