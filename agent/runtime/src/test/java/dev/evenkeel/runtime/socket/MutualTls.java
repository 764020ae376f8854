package dev.evenkeel.runtime.socket;

import dev.evenkeel.config.tls.ClientCertificate;
import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TransportTls;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Servers that show a certificate which nobody knows, for {@code localhost}, and ask clients for
 * one; and transports, of which only a whole one gets to them by an address. Immutable.
 */
public record MutualTls(ServerCertificate certificate) {
  /** The right authority, certificate and name. */
  public TransportTls whole() throws Exception {
    return transport("localhost", authorities(), certificates());
  }

  /** Each of the three left out in turn. */
  public List<TransportTls> wanting() throws Exception {
    return List.of(
        transport(null, authorities(), certificates()),
        transport("localhost", List.of(), certificates()),
        transport("localhost", authorities(), List.of()));
  }

  private List<X509Certificate> authorities() throws Exception {
    return List.of(certificate.certificate());
  }

  private List<ClientCertificate> certificates() throws Exception {
    return List.of(new ClientCertificate(authorities(), certificate.key()));
  }

  private static TransportTls transport(
      @Nullable String serverName,
      List<X509Certificate> authorities,
      List<ClientCertificate> certificates)
      throws Exception {
    return new TransportTls(
        new TlsSpec(
            serverName, true, authorities, certificates, List.of(), List.of(), true, List.of()));
  }

  public SSLServerSocket serverSocket() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificate.load());
    KeyManager[] keys = certificate.keys().getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return socket;
  }

  /** For gRPC's own server. */
  public SslContextBuilder grpc() throws Exception {
    return SslContextBuilder.forServer(certificate.keys())
        .trustManager(certificate.certificate())
        .clientAuth(ClientAuth.REQUIRE);
  }
}
