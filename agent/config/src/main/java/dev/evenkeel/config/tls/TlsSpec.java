package dev.evenkeel.config.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a servers transport says about TLS, with its files read. Equal ones make equally good
 * connections. Immutable.
 *
 * @param serverName the name to ask for and to verify; null: the server's host
 * @param isVerifying false: any certificate will do, but for {@code peerNames}
 * @param authorities who may sign; empty: the JVM's default trust
 * @param protocols in the JDK's words; empty: the JVM's default
 * @param cipherSuites in the JDK's words; empty: the JVM's default
 * @param peerNames of which the certificate has to bear one, also if {@code isVerifying} is false;
 *     empty: any
 */
public record TlsSpec(
    @Nullable String serverName,
    boolean isVerifying,
    List<X509Certificate> authorities,
    List<ClientCertificate> certificates,
    List<String> protocols,
    List<String> cipherSuites,
    boolean isHttp2Allowed,
    List<PeerName> peerNames) {

  public TlsSpec {
    authorities = List.copyOf(authorities);
    certificates = List.copyOf(certificates);
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    peerNames = List.copyOf(peerNames);
  }

  /** The same for one server. */
  public TlsSpec naming(String host) {
    return new TlsSpec(
        host,
        isVerifying,
        authorities,
        certificates,
        protocols,
        cipherSuites,
        isHttp2Allowed,
        peerNames);
  }

  /**
   * A subject alternative name.
   *
   * @param type {@link #DNS} or {@link #URI}
   */
  public record PeerName(int type, String value) {
    /** As in RFC 5280, section 4.2.1.6. */
    public static final int DNS = 2;

    /** As in RFC 5280, section 4.2.1.6. */
    public static final int URI = 6;
  }
}
