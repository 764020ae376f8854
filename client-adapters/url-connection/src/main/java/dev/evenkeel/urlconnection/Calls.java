package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks around a connection do: choose a server when the JDK asks for a client, lead the
 * client there, and move on where that fails. Thread-safe.
 *
 * <p>The JDK connects inside the constructor of a client, so between the choice and the client the
 * call waits in a field of the thread.
 */
final class Calls {
  /** Calls by the client that serves them. */
  static final Bindings BOUND = new Bindings();

  /** The call for which this thread is looking for a client. */
  private static final ThreadLocal<@Nullable BalancedCall> PENDING = new ThreadLocal<>();

  /** The call whose answer this thread follows elsewhere. */
  private static final ThreadLocal<@Nullable BalancedCall> REDIRECTED = new ThreadLocal<>();

  /** False while no call of this JVM was ever balanced: no thread has fields of ours then. */
  private static volatile boolean isUsed;

  private static final @Nullable Object[] ONCE_MORE = {null, true};
  private static final @Nullable Object[] GO_ON = {null, null};

  /** A look for a client: whose, and whose look it interrupts. */
  private record Search(@Nullable BalancedCall call, @Nullable BalancedCall interrupted) {}

  private Calls() {}

  /**
   * Chooses a server.
   *
   * @param connection the application's; null for a client that nobody's connection asked for
   * @return null when the call is not ours; the exception when no server is available; else what
   *     {@link #found} needs
   */
  static @Nullable Object search(URL url, @Nullable Proxy proxy, @Nullable Object connection) {
    BalancedCall interrupted = pending();
    BalancedCall call = null;
    try {
      if (connection instanceof HttpURLConnection request && !isHttpProxy(proxy)) {
        BalancedCall redirected = redirected(request);
        Exchange exchange =
            Evenkeel.balancer().open(url.getHost(), request, UrlRequestReader.INSTANCE);
        if (exchange != null) {
          call = new BalancedCall(exchange, request, redirected);
          if (!call.moveOn()) {
            return exchange.unavailable();
          }
        }
      }
    } catch (Throwable fault) {
      Faults.report(fault);
      call = null;
    }
    return begin(call == null || call.target() == null ? null : call, interrupted);
  }

  private static @Nullable Search begin(
      @Nullable BalancedCall call, @Nullable BalancedCall interrupted) {
    if (call == null && interrupted == null) {
      return null;
    }
    isUsed = true;
    PENDING.set(call);
    return new Search(call, interrupted);
  }

  private static @Nullable BalancedCall pending() {
    return isUsed ? PENDING.get() : null;
  }

  /** The call that was answered by the redirect which a connection follows; null if not ours. */
  private static @Nullable BalancedCall redirected(HttpURLConnection connection) {
    BalancedCall call = isUsed ? REDIRECTED.get() : null;
    return call != null && call.isOf(connection) ? call : null;
  }

  /**
   * The JDK follows a redirect.
   *
   * @return true if the redirect answered a call of ours
   */
  static boolean enterRedirect(Object connection) {
    BalancedCall call = Answers.of(connection);
    if (call == null) {
      return false;
    }
    REDIRECTED.set(call);
    return true;
  }

  /**
   * True if the JDK connects for a redirect that it will then find to be one too many: it sends
   * nothing, and a server would be picked in vain. It goes on without a connection as well.
   */
  static boolean isConnectedInVain(Object connection) {
    HttpURLConnection request = (HttpURLConnection) connection;
    BalancedCall call = redirected(request);
    return call != null && call.isRedirectLimit(request.getURL());
  }

  static void leaveRedirect(boolean isEntered) {
    if (isEntered) {
      REDIRECTED.set(null);
    }
  }

  /** A forward proxy gets the logical URL: it is the one that connects. */
  private static boolean isHttpProxy(@Nullable Proxy proxy) {
    return proxy != null && proxy.type() == Proxy.Type.HTTP;
  }

  /** The search is over: with a new client, with one from the cache, or with an exception. */
  static void found(Search search, @Nullable Object client) throws Throwable {
    PENDING.set(search.interrupted);
    BalancedCall call = search.call;
    if (call == null) {
      return;
    }
    if (client == null) {
      call.end(Outcome.CANCELLED); // Unless it ended by itself.
    } else if (BOUND.of(client) != call) {
      if (Library.isCached(client)) {
        BOUND.bind(client, call);
      } else {
        call.end(Outcome.CANCELLED); // It connected without us, to the logical host.
      }
    }
  }

  /**
   * As {@link #found}, for advice.
   *
   * @param entered what {@link #search} returned
   * @return the exception to end with; null to change nothing
   */
  static @Nullable Throwable leave(@Nullable Object entered, @Nullable Object client)
      throws Throwable {
    if (entered instanceof Search search) {
      found(search, client);
    }
    return entered instanceof Throwable unavailable ? unavailable : null;
  }

  /** The key to look for in the cache; null to leave it. */
  static @Nullable URL wantedKey() {
    return key(pending());
  }

  /** The key to keep a client under; null to leave it. */
  static @Nullable URL keptKey(@Nullable Object client) {
    return client == null ? null : key(BOUND.of(client));
  }

  private static @Nullable URL key(@Nullable BalancedCall call) {
    Target target = call == null ? null : call.target();
    return target == null ? null : target.cacheKey();
  }

  /** The JDK is about to close an idle connection to where the client's last call went. */
  static boolean enterCloseIdle(Object client) {
    BalancedCall call = BOUND.of(client);
    if (call == null) {
      return false;
    }
    PENDING.set(call);
    return true;
  }

  static void leaveCloseIdle(boolean isEntered) {
    if (isEntered) {
      PENDING.set(null);
    }
  }

  /** A client is about to connect: for the first time, or again after the JDK's own retry. */
  static void enterOpen(Object client) {
    BalancedCall call = pending();
    if (call != null) {
      PENDING.set(null);
      BOUND.bind(client, call);
    } else {
      call = BOUND.of(client);
      if (call != null) {
        GivenUp.retried(client, call);
      }
    }
    if (call != null) {
      call.retarget(client);
    }
  }

  /**
   * A client has connected, or could not.
   *
   * @return null to change nothing; else the exception to end with, and whether to connect again
   */
  static @Nullable Object @Nullable [] leaveOpen(Object client, @Nullable Throwable thrown) {
    BalancedCall call = BOUND.of(client);
    Target target = call == null ? null : call.target();
    if (call == null || target == null) {
      return null;
    }
    Throwable failure = thrown;
    if (failure == null && target.isTls() && call.isLogicallyPlain()) {
      failure = Tls.secure(client, target, call.readTimeoutMillis());
    }
    if (failure == null) {
      return null;
    }
    if (isGivenUp(failure)) {
      call.giveUp();
    } else if (failure instanceof IOException && call.moveOn(client)) {
      return ONCE_MORE;
    }
    return new @Nullable Object[] {failure, null};
  }

  /**
   * True if the thread was interrupted, which on a virtual thread closes the socket: no other
   * connection would be made either, and no server is to blame.
   */
  private static boolean isGivenUp(Throwable failure) {
    return Thread.currentThread().isInterrupted() && failure.getClass() == SocketException.class;
  }

  /** True if the connection of a call by https is in the clear. */
  static boolean isInTheClear(Object client) {
    BalancedCall call = BOUND.of(client);
    Target target = call == null ? null : call.target();
    return target != null && !target.isTls();
  }

  /** True if the connection of a call by https begins in the clear, whatever follows. */
  static boolean isPlainAtFirst(Object client) {
    BalancedCall call = BOUND.of(client);
    Target target = call == null ? null : call.target();
    return target != null && (!target.isTls() || target.server().tls() != null);
  }

  /**
   * A client is about to shake hands.
   *
   * @return true if it need not; else what {@link #leaveHandshake} needs, null if it is not ours
   */
  static @Nullable Object enterHandshake(Object client) {
    BalancedCall call = BOUND.of(client);
    Target target = call == null ? null : call.target();
    if (target == null) {
      return null;
    }
    if (!target.isTls()) {
      return true;
    }
    return Tls.lend(client, target);
  }

  /** As {@link #leaveOpen}, for the TLS handshake that follows on it. */
  static @Nullable Object @Nullable [] leaveHandshake(
      Object client, @Nullable Object entered, @Nullable Throwable thrown) {
    Tls.takeBack(client, entered);
    BalancedCall call = BOUND.of(client);
    if (call == null || !(thrown instanceof IOException)) {
      return null;
    }
    if (isGivenUp(thrown)) {
      call.giveUp();
      return null;
    }
    Socket failed = Library.socket(client);
    if (!call.moveOn(client)) {
      return null;
    }
    Tls.abandon(failed);
    try {
      Library.open(client);
    } catch (Throwable failure) {
      return new @Nullable Object[] {failure, null};
    }
    if (isInTheClear(client)) {
      return GO_ON;
    }
    Object unused = enterHandshake(client);
    return ONCE_MORE;
  }
}
