package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.SSLSession;
import org.apache.http.config.Lookup;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * What the client's connection operator looks schemes up in while it connects to a server with a
 * transport. The transport's TLS is found under a scheme of its own: where this is not asked, the
 * scheme is unknown to the client, and the call fails. It is the connecting thread's alone, since
 * the application may share a call's context with other calls. Immutable.
 */
final class TransportLayers implements Lookup<ConnectionSocketFactory> {
  private final ServerTls tls;
  private final Lookup<ConnectionSocketFactory> others;

  private TransportLayers(ServerTls tls, Lookup<ConnectionSocketFactory> others) {
    this.tls = tls;
    this.others = others;
  }

  /** The scheme of the routes to servers with a transport. */
  static String scheme(ServerTls tls) {
    return "https+" + tls.id();
  }

  /** What this thread looks schemes up in; {@code others} itself where no transport is spoken. */
  static Lookup<ConnectionSocketFactory> over(Lookup<ConnectionSocketFactory> others) {
    ServerTls tls = current();
    return tls == null ? others : new TransportLayers(tls, others);
  }

  /**
   * True if a user's token is the certificate that the transport of this thread's call shows to
   * servers. The client would keep the connection for that user, and the next call, which has no
   * user yet, would not find it; every call of the transport shows that certificate, so anybody may
   * have it.
   */
  static boolean isOfTransport(HttpContext context, @Nullable Object token) {
    if (token == null || current() == null) {
      return false;
    }
    Object connection = context.getAttribute(HttpCoreContext.HTTP_CONNECTION);
    SSLSession session =
        connection instanceof ManagedHttpClientConnection managed ? managed.getSSLSession() : null;
    return session != null && token.equals(session.getLocalPrincipal());
  }

  private static @Nullable ServerTls current() {
    ServerPass pass = ServerPass.current();
    return pass == null ? null : pass.transport();
  }

  @Override
  public @Nullable ConnectionSocketFactory lookup(String name) {
    return name.equalsIgnoreCase(scheme(tls)) ? new TransportLayer(tls) : others.lookup(name);
  }
}
