package dev.evenkeel.config.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies servers as a transport says: who signed, for which name.
 *
 * <p>The name is that of the socket or engine, which {@link TransportTls} gave it. A client that
 * means to verify it by itself, later, may have taken the check out of the handshake; it is put
 * back, since what the client would verify is another name. The JVM's default trust is read at the
 * first handshake and not before, and again once it is configured in another way: an application
 * may set {@code javax.net.ssl.trustStore} in its main method, and probes may be earlier than that.
 * Thread-safe.
 */
final class TransportTrust extends X509ExtendedTrustManager {
  private static final String HTTPS = "HTTPS";

  private final TlsSpec spec;
  private final @Nullable X509ExtendedTrustManager authorities;
  private volatile @Nullable DefaultTrust defaults;

  TransportTrust(TlsSpec spec) throws GeneralSecurityException {
    this.spec = spec;
    authorities = spec.authorities().isEmpty() ? null : trustIn(storeOf(spec.authorities()));
  }

  private static KeyStore storeOf(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = TransportTls.emptyStore();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    return store;
  }

  private static X509ExtendedTrustManager trustIn(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no trust manager for X.509 in this JVM");
  }

  private X509ExtendedTrustManager authorities() throws CertificateException {
    if (authorities != null) {
      return authorities;
    }
    DefaultTrust known = defaults;
    if (known == null || !known.isCurrent()) {
      List<String> configured = DefaultTrust.configured();
      try {
        known = new DefaultTrust(configured, trustIn(null));
      } catch (GeneralSecurityException e) {
        throw new CertificateException("the JVM's default trust cannot be read", e);
      }
      defaults = known;
    }
    return known.manager();
  }

  /** The JVM's default trust, and how it was configured when it was read. Immutable. */
  private record DefaultTrust(List<String> properties, X509ExtendedTrustManager manager) {
    private static final List<String> NAMES =
        List.of(
            "javax.net.ssl.trustStore",
            "javax.net.ssl.trustStoreType",
            "javax.net.ssl.trustStoreProvider",
            "javax.net.ssl.trustStorePassword");

    static List<String> configured() {
      return NAMES.stream().map(name -> String.valueOf(System.getProperty(name))).toList();
    }

    /** On the thread of each handshake, so without a list. */
    boolean isCurrent() {
      for (int i = 0; i < NAMES.size(); i++) {
        if (!properties.get(i).equals(String.valueOf(System.getProperty(NAMES.get(i))))) {
          return false;
        }
      }
      return true;
    }

    /** Nothing of the password. */
    @Override
    public String toString() {
      return properties.get(0);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    SSLSocket secured = (SSLSocket) socket;
    checkSession(secured.getHandshakeSession());
    if (spec.isVerifying()) {
      SSLParameters parameters = secured.getSSLParameters();
      if (isNameIgnored(parameters)) {
        secured.setSSLParameters(parameters);
      }
      authorities().checkServerTrusted(chain, authType, socket);
    }
    checkPeer(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkSession(engine.getHandshakeSession());
    if (spec.isVerifying()) {
      SSLParameters parameters = engine.getSSLParameters();
      if (isNameIgnored(parameters)) {
        engine.setSSLParameters(parameters);
      }
      authorities().checkServerTrusted(chain, authType, engine);
    }
    checkPeer(chain, authType);
  }

  /**
   * A client may have enabled others, as the JDK's does by the properties {@code https.protocols}
   * and {@code https.cipherSuites}.
   */
  private void checkSession(SSLSession session) throws CertificateException {
    checkAllowed(session.getProtocol(), spec.protocols());
    checkAllowed(session.getCipherSuite(), spec.cipherSuites());
  }

  private static void checkAllowed(String agreed, List<String> allowed)
      throws CertificateException {
    if (!allowed.isEmpty() && !allowed.contains(agreed)) {
      throw new CertificateException(agreed + " is not among what the servers transport allows");
    }
  }

  /** True if the parameters had to be changed for the name to be verified. */
  private static boolean isNameIgnored(SSLParameters parameters) {
    boolean isIgnored = !HTTPS.equals(parameters.getEndpointIdentificationAlgorithm());
    parameters.setEndpointIdentificationAlgorithm(HTTPS);
    return isIgnored;
  }

  /** As in Traefik, a peer's name counts only in a certificate that an authority signed. */
  private void checkPeer(X509Certificate[] chain, String authType) throws CertificateException {
    if (spec.peerNames().isEmpty()) {
      return;
    }
    if (!spec.isVerifying()) {
      authorities().checkServerTrusted(chain, authType);
    }
    var names = chain[0].getSubjectAlternativeNames();
    boolean isNamed =
        names != null
            && names.stream()
                .anyMatch(
                    name ->
                        spec.peerNames().stream()
                            .anyMatch(
                                peer ->
                                    name.get(0).equals(peer.type())
                                        && name.get(1).equals(peer.value())));
    if (!isNamed) {
      throw new CertificateException("the server's certificate bears no expected peer name");
    }
  }

  /** Without a socket there is no name to verify, so nobody is trusted this way. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no connection to verify");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("for clients only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  /** Servers tell whom they accept, clients do not. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
