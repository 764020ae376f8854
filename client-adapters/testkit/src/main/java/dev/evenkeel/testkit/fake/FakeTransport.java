package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;

/** A transport that trusts and shows what it is given, and takes any name. Immutable. */
public record FakeTransport(String id, HandshakeCertificates certificates, boolean isHttp2Allowed)
    implements ServerTls {
  /** One that forbids HTTP/2. */
  public FakeTransport(String id, HandshakeCertificates certificates) {
    this(id, certificates, false);
  }

  @Override
  public SSLContext context() {
    return certificates.sslContext();
  }

  @Override
  public SSLSocketFactory socketFactory() {
    return certificates.sslSocketFactory();
  }

  @Override
  public HostnameVerifier hostnameVerifier() {
    return (host, session) -> true;
  }
}
