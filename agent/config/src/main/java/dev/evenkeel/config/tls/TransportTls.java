package dev.evenkeel.config.tls;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one servers transport. Its sockets and engines are the JDK's own, made for the
 * transport's server name in place of the host that the client gives, and set up before the client
 * has them. Thread-safe.
 */
public final class TransportTls implements ServerTls {
  private static final char[] IN_MEMORY = new char[0];
  private static final AtomicLong MADE = new AtomicLong();

  private final String id = "t" + MADE.incrementAndGet();
  private final TlsSpec spec;
  private final SSLContext context;
  private final SSLSocketFactory socketFactory;
  private final HostnameVerifier verifier = (host, session) -> true;

  /**
   * Makes a context of its own.
   *
   * @throws GeneralSecurityException if this JVM's security providers cannot do what is asked
   */
  public TransportTls(TlsSpec spec) throws GeneralSecurityException {
    this.spec = spec;
    SSLContext jdks = SSLContext.getInstance("TLS");
    jdks.init(
        keyManagers(spec.certificates()), new TrustManager[] {new TransportTrust(spec)}, null);
    this.socketFactory = new TransportSockets(jdks.getSocketFactory(), this);
    SSLContextSpi named = new TransportContext(jdks, this);
    this.context = new SSLContext(named, jdks.getProvider(), jdks.getProtocol()) {};
  }

  private static KeyManager @Nullable [] keyManagers(List<ClientCertificate> certificates)
      throws GeneralSecurityException {
    if (certificates.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < certificates.size(); i++) {
      ClientCertificate each = certificates.get(i);
      store.setKeyEntry(
          "certificate-" + i, each.key(), IN_MEMORY, each.chain().toArray(Certificate[]::new));
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }

  /** The name that a connection to a host is made for; null if neither is known. */
  @Nullable String nameFor(@Nullable String host) {
    return spec.serverName() == null ? host : spec.serverName();
  }

  /**
   * Sets up what a client may then narrow further. The check of the name is asked for even where
   * the transport wants none: clients that see it leave theirs out.
   */
  SSLParameters prepared(SSLParameters parameters, @Nullable String name) {
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!spec.protocols().isEmpty()) {
      parameters.setProtocols(spec.protocols().toArray(String[]::new));
    }
    if (!spec.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(spec.cipherSuites().toArray(String[]::new));
    }
    if (name != null) {
      ServerName.ask(parameters, name);
    }
    return parameters;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public SSLContext context() {
    return context;
  }

  @Override
  public SSLSocketFactory socketFactory() {
    return socketFactory;
  }

  @Override
  public HostnameVerifier hostnameVerifier() {
    return verifier;
  }

  @Override
  public boolean isHttp2Allowed() {
    return spec.isHttp2Allowed();
  }
}
