package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.client5.http.socket.LayeredConnectionSocketFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * What the classic client's operator looks schemes up in, until 5.3, while it connects to a server
 * with a transport. The transport's TLS is found under the pass's own scheme: where this is not
 * asked, the scheme is unknown to the client, and the call fails. It is the connecting thread's
 * alone, since the application may share a call's context with other calls. Thread-safe where the
 * pass is.
 */
@SuppressWarnings("deprecation")
final class TransportSockets
    implements Lookup<ConnectionSocketFactory>, LayeredConnectionSocketFactory {
  private final TransportPass pass;
  private final Lookup<ConnectionSocketFactory> others;

  private TransportSockets(TransportPass pass, Lookup<ConnectionSocketFactory> others) {
    this.pass = pass;
    this.others = others;
  }

  /** What this thread looks schemes up in; {@code others} itself where no transport is spoken. */
  static Lookup<ConnectionSocketFactory> over(Lookup<ConnectionSocketFactory> others) {
    TransportPass current = TransportPass.current();
    return current == null ? others : new TransportSockets(current, others);
  }

  @Override
  public @Nullable ConnectionSocketFactory lookup(String name) {
    if (!pass.isFor(name)) {
      return others.lookup(name);
    }
    if (pass.tls() == null) {
      pass.secured();
      return null;
    }
    return this;
  }

  @Override
  public Socket createSocket(HttpContext context) {
    return new Socket();
  }

  /** Came with 5.2. */
  @Override
  public Socket createSocket(@Nullable Proxy proxy, HttpContext context) {
    return proxy == null ? new Socket() : new Socket(proxy);
  }

  @Override
  public Socket connectSocket(
      @Nullable TimeValue connectTimeout,
      @Nullable Socket socket,
      HttpHost host,
      InetSocketAddress remote,
      @Nullable InetSocketAddress local,
      HttpContext context)
      throws IOException {
    Socket plain = socket == null ? new Socket() : socket;
    int connectMillis =
        connectTimeout == null ? 0 : Math.max(0, connectTimeout.toMillisecondsIntBound());
    try {
      if (local != null) {
        plain.bind(local);
      }
      plain.connect(remote, connectMillis);
      int readMillis = plain.getSoTimeout();
      if (connectMillis > 0) {
        plain.setSoTimeout(connectMillis); // for the handshake
      }
      Socket secured = createLayeredSocket(plain, host.getHostName(), remote.getPort(), context);
      plain.setSoTimeout(readMillis);
      return secured;
    } catch (IOException failure) {
      ClassicTls.close(plain, failure);
      throw failure;
    }
  }

  @Override
  public Socket createLayeredSocket(Socket plain, String target, int port, HttpContext context)
      throws IOException {
    try {
      Socket secured = pass.handshake(plain, target, port);
      pass.secured();
      return secured;
    } catch (IOException failure) {
      ClassicTls.close(plain, failure);
      throw failure;
    }
  }
}
