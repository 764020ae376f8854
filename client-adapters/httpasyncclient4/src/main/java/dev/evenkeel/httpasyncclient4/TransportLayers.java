package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.SSLSession;
import org.apache.http.config.Lookup;
import org.apache.http.nio.conn.ManagedNHttpClientConnection;
import org.apache.http.nio.conn.NoopIOSessionStrategy;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * What the client's connection manager looks schemes up in while it layers TLS for a server with a
 * transport: the library lets a context bring that along. The transport's TLS is found under a
 * scheme of its own, and nothing else is, but for the way to a proxy in the clear: where this is
 * not asked, the scheme is unknown to the client, and the call fails. Immutable.
 */
final class TransportLayers implements Lookup<SchemeIOSessionStrategy> {
  private static final String SCHEME_PREFIX = "https+";

  private final String scheme;
  private final TransportLayer layer;

  private TransportLayers(ServerTls tls) {
    this.scheme = scheme(tls);
    this.layer = new TransportLayer(tls);
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

  /** Puts a transport's TLS into a context until {@link Shown#takeOff}. */
  static Shown putOn(HttpContext context, ServerTls tls) {
    String attribute = Internals.LAYERS_ATTRIBUTE;
    Shown shown = new Shown(context, context.getAttribute(attribute));
    context.setAttribute(attribute, new TransportLayers(tls));
    return shown;
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

  @Override
  public @Nullable SchemeIOSessionStrategy lookup(String name) {
    if (name.equalsIgnoreCase(scheme)) {
      return layer;
    }
    return name.equalsIgnoreCase("http") ? NoopIOSessionStrategy.INSTANCE : null;
  }

  /** A call's context with a transport's TLS in it. Not thread-safe. */
  record Shown(HttpContext context, @Nullable Object before) {
    void takeOff() {
      if (before == null) {
        context.removeAttribute(Internals.LAYERS_ATTRIBUTE);
      } else {
        context.setAttribute(Internals.LAYERS_ATTRIBUTE, before);
      }
    }
  }
}
