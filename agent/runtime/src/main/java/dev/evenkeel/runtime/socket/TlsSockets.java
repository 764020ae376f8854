package dev.evenkeel.runtime.socket;

import dev.evenkeel.config.tls.ServerName;
import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Puts TLS on a connection, with the certificate checked against the host asked for. Immutable. */
public final class TlsSockets {
  private TlsSockets() {}

  /**
   * Returns when the server has shown who it is.
   *
   * @param tls how TLS is spoken with it; null where its service names no servers transport
   * @param otherwise for servers without one
   * @param protocols as below
   */
  public static Socket handshake(
      Socket plain,
      String host,
      @Nullable ServerTls tls,
      TlsContext otherwise,
      Deadline deadline,
      String... protocols)
      throws IOException, GeneralSecurityException {
    if (tls == null) {
      return handshake(plain, host, otherwise.get(), deadline, protocols);
    }
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
    ServerName.ask(parameters, host);
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
}
