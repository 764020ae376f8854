package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.client5.http.socket.LayeredConnectionSocketFactory;
import org.apache.hc.client5.http.socket.PlainConnectionSocketFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * What the classic client looks schemes up in, until 5.3, while it connects to a server with a
 * transport: the library lets a context bring that along. The transport's TLS is found under the
 * pass's own scheme, and nothing else is, but for the way to a proxy in the clear: where this is
 * not asked, the scheme is unknown to the client, and the call fails. Thread-safe where the pass
 * is.
 */
@SuppressWarnings("deprecation")
final class TransportSockets
    implements Lookup<ConnectionSocketFactory>, LayeredConnectionSocketFactory {
  private static final String ATTRIBUTE = "http.socket-factory-registry";

  private final TransportPass pass;
  private volatile @Nullable Object applications;

  TransportSockets(TransportPass pass) {
    this.pass = pass;
  }

  /** Puts itself into a context, until {@link #takeOff}. */
  void putOn(HttpContext context) {
    Object before = context.getAttribute(ATTRIBUTE);
    // Those of another call, where the application has several at once share a context.
    applications = before instanceof TransportSockets others ? others.applications : before;
    context.setAttribute(ATTRIBUTE, this);
  }

  /** Puts back what the application had there, unless another call has come after this one. */
  void takeOff(HttpContext context) {
    if (context.getAttribute(ATTRIBUTE) != this) {
      return;
    }
    Object before = applications;
    if (before == null) {
      context.removeAttribute(ATTRIBUTE);
    } else {
      context.setAttribute(ATTRIBUTE, before);
    }
  }

  @Override
  public @Nullable ConnectionSocketFactory lookup(String name) {
    if (!pass.isFor(name)) {
      return name.equalsIgnoreCase("http") ? PlainConnectionSocketFactory.INSTANCE : null;
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
