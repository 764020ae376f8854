package dev.evenkeel.httpclient5;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Puts a transport's TLS on what the classic client's operator has connected. Since 5.4 it makes a
 * bare connection for a scheme that it does not know. Thread-safe: stateless.
 */
final class ClassicTls {
  private ClassicTls() {}

  /**
   * After a connection was made, with its first address that answers.
   *
   * @param arguments the operator's: first the connection, then its host
   * @return why it cannot be used; null if it can, or is none of ours
   */
  static @Nullable Throwable connected(Object[] arguments) {
    HttpHost host = (HttpHost) arguments[1];
    if (!TransportPass.isMeant(host)) {
      return null;
    }
    TransportPass pass = TransportPass.current(host);
    if (pass != null && pass.isSecured()) {
      return null;
    }
    return secure(pass, arguments, TlsMembers.handshakeTimeout(arguments));
  }

  /**
   * In place of the operator's own upgrade, in a tunnel.
   *
   * @param arguments as above
   * @return how it ended; null if it is none of ours
   */
  static @Nullable Upgrade upgrade(Object[] arguments) {
    HttpHost host = (HttpHost) arguments[1];
    if (!TransportPass.isMeant(host)) {
      return null;
    }
    TransportPass pass = TransportPass.current(host);
    if (pass != null && pass.tls() == null) {
      pass.secured();
      return new Upgrade(null);
    }
    return new Upgrade(secure(pass, arguments, null));
  }

  /** How an upgrade ended; null for well. Immutable. */
  record Upgrade(@Nullable Throwable failure) {}

  private static @Nullable Throwable secure(
      @Nullable TransportPass pass, Object[] arguments, @Nullable Timeout timeout) {
    ManagedHttpClientConnection connection = (ManagedHttpClientConnection) arguments[0];
    Socket plain = connection.getSocket();
    try {
      if (pass == null) {
        throw TransportPass.notInForce();
      }
      if (plain == null) {
        throw new ConnectionClosedException();
      }
      secure(pass, connection, plain, (HttpHost) arguments[1], timeout);
      return null;
    } catch (Throwable failure) {
      close(connection, failure);
      if (plain != null) {
        close(plain, failure);
      }
      return failure;
    }
  }

  private static void secure(
      TransportPass pass,
      ManagedHttpClientConnection connection,
      Socket plain,
      HttpHost host,
      @Nullable Timeout timeout)
      throws IOException {
    int readMillis = plain.getSoTimeout();
    if (timeout != null) {
      plain.setSoTimeout(timeout.toMillisecondsIntBound());
    }
    SSLSocket secured = pass.handshake(plain, host.getHostName(), host.getPort());
    plain.setSoTimeout(readMillis);
    TlsMembers.bind(connection, secured, plain);
    pass.secured();
  }

  /** For good; what fails thereby is told with {@code failure}. */
  static void close(Closeable open, Throwable failure) {
    try {
      open.close();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }
}
