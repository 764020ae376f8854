package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.SSLSession;
import org.apache.http.config.Lookup;
import org.apache.http.nio.conn.ManagedNHttpClientConnection;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * What the client's connection manager looks schemes up in while it layers TLS for a server with a
 * transport. The transport's TLS is found under a scheme of its own: where this is not asked, the
 * scheme is unknown to the client, and the call fails. It is the layering thread's alone, since the
 * application may share a call's context with other calls. Immutable.
 */
final class TransportLayers {
  private static final String SCHEME_PREFIX = "https+";
  private static final ThreadLocal<@Nullable TransportLayers> CURRENT = new ThreadLocal<>();

  private final ServerTls tls;
  private final @Nullable TransportLayers before;

  private TransportLayers(ServerTls tls, @Nullable TransportLayers before) {
    this.tls = tls;
    this.before = before;
  }

  /** The scheme of the routes to servers with a transport. */
  static String scheme(ServerTls tls) {
    return SCHEME_PREFIX + tls.id();
  }

  /**
   * The transport of such a scheme, as far as it tells it from others; null of any other scheme.
   */
  static @Nullable String idOf(String scheme) {
    return scheme.startsWith(SCHEME_PREFIX) ? scheme.substring(SCHEME_PREFIX.length()) : null;
  }

  /** This thread layers a transport's TLS from now on, until {@link #leave}. */
  static TransportLayers enter(ServerTls tls) {
    TransportLayers entered = new TransportLayers(tls, CURRENT.get());
    CURRENT.set(entered);
    return entered;
  }

  void leave() {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  /** What this thread looks schemes up in; {@code others} itself where it layers no transport. */
  static Lookup<SchemeIOSessionStrategy> over(Lookup<SchemeIOSessionStrategy> others) {
    TransportLayers current = CURRENT.get();
    return current == null ? others : new Over(current, others);
  }

  /**
   * True if a user's token is the certificate that the transport of a connection shows to servers.
   * The client would keep the connection for that user, and the next call, which has no user yet,
   * would not find it; every call of the transport shows that certificate, so anybody may have it.
   */
  static boolean isOfTransport(HttpContext context, @Nullable Object token) {
    if (token == null
        || !(context.getAttribute(HttpCoreContext.HTTP_CONNECTION)
            instanceof ManagedNHttpClientConnection managed)
        || !managed.isOpen()
        || !TransportLayer.isOn(managed.getContext())) {
      return false;
    }
    SSLSession session = managed.getSSLSession();
    return session != null && token.equals(session.getLocalPrincipal());
  }

  private record Over(TransportLayers layers, Lookup<SchemeIOSessionStrategy> others)
      implements Lookup<SchemeIOSessionStrategy> {
    @Override
    public @Nullable SchemeIOSessionStrategy lookup(String name) {
      return name.equalsIgnoreCase(scheme(layers.tls))
          ? new TransportLayer(layers.tls)
          : others.lookup(name);
    }
  }
}
