package dev.evenkeel.runtime.socket;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Puts TLS on a connection, with the certificate checked against the host asked for. Immutable. */
public final class TlsSockets {
  private TlsSockets() {}

  /**
   * Returns when the server has shown who it is.
   *
   * @param tls how TLS is spoken with it
   * @param protocols as below
   */
  public static Socket handshake(
      Socket plain, String host, ServerTls tls, Deadline deadline, String... protocols)
      throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.socketFactory().createSocket(plain, host, plain.getPort(), false);
    return handshake(plain, secured, secured.getSSLParameters(), deadline, protocols);
  }

  /**
   * Returns when the server has shown who it is.
   *
   * @param protocols one of them must be chosen by the server (RFC 7301); none: it is not asked
   * @throws SSLHandshakeException if it chose none
   */
  public static Socket handshake(
      Socket plain, String host, SSLContext context, Deadline deadline, String... protocols)
      throws IOException {
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), false);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    nameServer(parameters, host);
    return handshake(plain, secured, parameters, deadline, protocols);
  }

  private static Socket handshake(
      Socket plain,
      SSLSocket secured,
      SSLParameters parameters,
      Deadline deadline,
      String... protocols)
      throws IOException {
    parameters.setApplicationProtocols(protocols);
    secured.setSSLParameters(parameters);
    plain.setSoTimeout(deadline.remainingMillis());
    secured.startHandshake();
    if (protocols.length > 0 && !List.of(protocols).contains(secured.getApplicationProtocol())) {
      throw new SSLHandshakeException("server did not choose " + String.join(", ", protocols));
    }
    return secured;
  }

  /** Explicitly, as the JDK sends no name of its own accord for a host without a dot. */
  private static void nameServer(SSLParameters parameters, String host) {
    boolean isAddress = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    if (isAddress) {
      return;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    } catch (IllegalArgumentException e) {
      // not a name that may go into a handshake, as one with an underscore: connect without
    }
  }
}
