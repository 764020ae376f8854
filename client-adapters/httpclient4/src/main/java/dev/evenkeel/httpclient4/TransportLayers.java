package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.SSLSession;
import org.apache.http.config.Lookup;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * What the client's connection operator looks schemes up in while it connects to a server with a
 * transport: the library lets a context bring that along. The transport's TLS is found under a
 * scheme of its own, and nothing else is, but for the way to a proxy in the clear: where this is
 * not asked, the scheme is unknown to the client, and the call fails. Immutable.
 */
final class TransportLayers implements Lookup<ConnectionSocketFactory> {
  private static final String ATTRIBUTE = "http.socket-factory-registry";

  private final String scheme;
  private final TransportLayer layer;
  private final @Nullable Object applications;

  private TransportLayers(ServerTls tls, @Nullable Object applications) {
    this.scheme = scheme(tls);
    this.layer = new TransportLayer(tls);
    this.applications = applications;
  }

  /** The scheme of the routes to servers with a transport. */
  static String scheme(ServerTls tls) {
    return "https+" + tls.id();
  }

  /** Puts a transport's TLS into a context, until {@link #takeOff}. */
  static TransportLayers putOn(HttpContext context, ServerTls tls) {
    Object before = context.getAttribute(ATTRIBUTE);
    // Those of another call, where the application has several at once share a context.
    Object applications = before instanceof TransportLayers others ? others.applications : before;
    TransportLayers layers = new TransportLayers(tls, applications);
    context.setAttribute(ATTRIBUTE, layers);
    return layers;
  }

  /** Puts back what the application had there, unless another call has come after this one. */
  void takeOff(HttpContext context) {
    if (context.getAttribute(ATTRIBUTE) != this) {
      return;
    }
    if (applications == null) {
      context.removeAttribute(ATTRIBUTE);
    } else {
      context.setAttribute(ATTRIBUTE, applications);
    }
  }

  /**
   * True if a user's token is the certificate that the transport of a context shows to servers. The
   * client would keep the connection for that user, and the next call, which has no user yet, would
   * not find it; every call of the transport shows that certificate, so anybody may have it.
   */
  static boolean isOfTransport(HttpContext context, @Nullable Object token) {
    if (token == null || !(context.getAttribute(ATTRIBUTE) instanceof TransportLayers)) {
      return false;
    }
    Object connection = context.getAttribute(HttpCoreContext.HTTP_CONNECTION);
    SSLSession session =
        connection instanceof ManagedHttpClientConnection managed ? managed.getSSLSession() : null;
    return session != null && token.equals(session.getLocalPrincipal());
  }

  @Override
  public @Nullable ConnectionSocketFactory lookup(String name) {
    if (name.equalsIgnoreCase(scheme)) {
      return layer;
    }
    return name.equalsIgnoreCase("http") ? PlainConnectionSocketFactory.INSTANCE : null;
  }
}
