package dev.evenkeel.urlconnection;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Puts TLS under a call by http, with the application's default socket factory. Thread-safe. */
final class Tls {
  private Tls() {}

  /**
   * Shakes hands on the client's socket, and verifies the server by its own name.
   *
   * @return the failure, after which the socket is closed; null if there is none
   */
  static @Nullable IOException secure(Object client, Target target, int readTimeoutMillis) {
    Socket plain = Library.socket(client);
    try {
      plain.setSoTimeout(readTimeoutMillis);
      SSLSocket secure =
          (SSLSocket)
              HttpsURLConnection.getDefaultSSLSocketFactory()
                  .createSocket(plain, target.server().host(), target.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      Library.replaceSocket(client, secure);
      return null;
    } catch (IOException failure) {
      close(plain, failure);
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

  private static void close(Socket socket, IOException failure) {
    try {
      socket.close();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }
}
