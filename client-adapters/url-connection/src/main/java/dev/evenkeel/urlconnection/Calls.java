package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketException;
import java.net.URL;
import javax.net.ssl.SSLSocket;
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
      if (connection instanceof HttpURLConnection request && isHttp(url)) {
        call = Tunnels.asking(request);
        if (call == null) {
          call = open(url, request, isHttpProxy(proxy) ? new Tunnel() : null);
        }
        if (call != null && call.target() == null && !call.isLeftAlone()) {
          return call.unavailable();
        }
      }
    } catch (Throwable fault) {
      Faults.report(fault);
      call = null;
    }
    return begin(call == null || call.target() == null ? null : call, interrupted);
  }

  /** By FTP, the JDK may ask a proxy of HTTP. */
  private static boolean isHttp(URL url) {
    return url.getProtocol().startsWith("http");
  }

  /** Null if the call is not ours. */
  private static @Nullable BalancedCall open(
      URL url, HttpURLConnection request, @Nullable Tunnel tunnel) {
    BalancedCall redirected = redirected(request);
    Exchange exchange = Evenkeel.balancer().open(url.getHost(), request, UrlRequestReader.INSTANCE);
    if (exchange == null) {
      return null;
    }
    BalancedCall call = new BalancedCall(exchange, request, redirected, tunnel);
    boolean unused = call.moveOn();
    return call;
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
    return call != null && call.logical().isOf(connection) ? call : null;
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
    return call != null && call.logical().isRedirectLimit(request.getURL());
  }

  static void leaveRedirect(boolean isEntered) {
    if (isEntered) {
      REDIRECTED.set(null);
    }
  }

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
    return call == null || target == null ? null : target.cacheKey(call.tunnel() != null);
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
      retarget(client, call);
    }
  }

  /** After a fault the client connects to the logical host, and is not kept as the server's. */
  private static void retarget(Object client, BalancedCall call) {
    try {
      call.retarget(client);
    } catch (Throwable fault) {
      Faults.report(fault);
      call.leaveAlone();
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
    if (failure == null && isTlsUnwanted(client, call)) {
      Tls.abandon(Library.socket(client));
      call.leaveAlone();
      call.retarget(client);
      return ONCE_MORE;
    }
    if (failure == null && target.isTls() && call.logical().isPlain()) {
      failure = Tls.secure(client, target, call.logical().readTimeoutMillis());
    }
    if (failure == null) {
      return null;
    }
    if (isGivenUp(failure)) {
      call.giveUp();
    } else if (call.tunnel() != null) {
      call.end(Outcome.CANCELLED); // It is the proxy that could not be reached.
    } else if (failure instanceof IOException && call.moveOn(client)) {
      return ONCE_MORE;
    }
    return new @Nullable Object[] {failure, null};
  }

  /** True if, after a fault of ours, the JDK has made a socket of TLS where it shall not. */
  private static boolean isTlsUnwanted(Object client, BalancedCall call) {
    return Handshakes.isPlainAtFirst(call) && Library.socket(client) instanceof SSLSocket;
  }

  /**
   * True if the thread was interrupted, which on a virtual thread closes the socket: no other
   * connection would be made either, and no server is to blame.
   */
  static boolean isGivenUp(Throwable failure) {
    return Thread.currentThread().isInterrupted() && failure.getClass() == SocketException.class;
  }
}
