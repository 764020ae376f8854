package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.LayeredConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Connects to a server and puts its transport's TLS on the connection. Thread-safe. */
final class TransportLayer implements LayeredConnectionSocketFactory {
  private final ServerTls tls;

  TransportLayer(ServerTls tls) {
    this.tls = tls;
  }

  @Override
  public Socket createSocket(HttpContext context) {
    return new Socket();
  }

  @Override
  public Socket connectSocket(
      int connectTimeout,
      @Nullable Socket socket,
      HttpHost host,
      InetSocketAddress remote,
      @Nullable InetSocketAddress local,
      HttpContext context)
      throws IOException {
    Socket plain = socket == null ? createSocket(context) : socket;
    try {
      if (local != null) {
        plain.bind(local);
      }
      if (connectTimeout > 0 && plain.getSoTimeout() == 0) {
        plain.setSoTimeout(connectTimeout); // for the handshake; the client sets its own after it
      }
      plain.connect(remote, Math.max(0, connectTimeout));
    } catch (IOException failure) {
      close(plain, failure);
      throw failure;
    }
    return createLayeredSocket(plain, host.getHostName(), remote.getPort(), context);
  }

  @Override
  public Socket createLayeredSocket(Socket plain, String target, int port, HttpContext context)
      throws IOException {
    // In this library an IPv6 literal keeps the brackets that it has in a URI.
    String name = target.startsWith("[") ? target.substring(1, target.length() - 1) : target;
    try {
      SSLSocket secured = (SSLSocket) tls.socketFactory().createSocket(plain, name, port, true);
      secured.startHandshake();
      return secured;
    } catch (IOException failure) {
      close(plain, failure);
      throw failure;
    }
  }

  private static void close(Socket socket, IOException failure) {
    try {
      socket.close();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }
}
