package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.net.Socket;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS under a call by http, with the application's default socket factory, and lends the JDK a
 * servers transport's factory for a call by https. Thread-safe.
 */
final class Tls {
  private Tls() {}

  /**
   * Gives a client the factory of its server's transport, for one handshake: the JDK also tells its
   * idle connections apart by this field, and looks for them by the application's.
   *
   * @return the factory that the client had
   */
  static SSLSocketFactory lend(Object client, Target target) {
    SSLSocketFactory own = ClientFactory.of(client);
    ServerTls tls = target.server().tls();
    if (tls != null) {
      ClientFactory.set(client, tls.socketFactory());
    }
    return own;
  }

  /**
   * Gives a client its own factory back.
   *
   * @param own what {@link #lend} returned; anything else changes nothing
   */
  static void takeBack(Object client, @Nullable Object own) {
    if (own instanceof SSLSocketFactory factory) {
      ClientFactory.set(client, factory);
    }
  }

  /**
   * Shakes hands on the client's socket, and verifies the server by its own name.
   *
   * @return the failure, of any kind, since the JDK would write the request in the clear after one
   *     that is not told; the socket is closed then. Null if there is none
   */
  static @Nullable Throwable secure(Object client, Target target, int readTimeoutMillis) {
    Socket plain = null;
    try {
      plain = Library.socket(client);
      plain.setSoTimeout(readTimeoutMillis);
      ServerTls tls = target.server().tls();
      SSLSocketFactory factory =
          tls == null ? HttpsURLConnection.getDefaultSSLSocketFactory() : tls.socketFactory();
      SSLSocket secure =
          (SSLSocket) factory.createSocket(plain, target.server().host(), target.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      Library.replaceSocket(client, secure);
      return null;
    } catch (Throwable failure) {
      if (plain != null) {
        close(plain, failure);
      }
      return failure;
    }
  }

  /** Closes a socket whose handshake failed, without a word to its server that could block. */
  static void abandon(Socket failed) {
    try {
      failed.setSoTimeout(1);
      failed.close();
    } catch (IOException closedAlready) {
      // The handshake closes it on most failures.
    }
  }

  private static void close(Socket socket, Throwable failure) {
    try {
      socket.close();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  /** The field of a client by https, whose class a call by http does not load. */
  private static final class ClientFactory {
    private static final VarHandle FIELD =
        Library.field(
            Library.type("sun.net.www.protocol.https.HttpsClient"),
            "sslSocketFactory",
            SSLSocketFactory.class);

    static SSLSocketFactory of(Object client) {
      return (SSLSocketFactory) FIELD.get(client);
    }

    static void set(Object client, SSLSocketFactory factory) {
      FIELD.set(client, factory);
    }
  }
}
