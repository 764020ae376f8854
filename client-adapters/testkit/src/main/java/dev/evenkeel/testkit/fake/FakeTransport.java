package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;

/** A transport that trusts and shows what it is given, and takes any name. Immutable. */
public record FakeTransport(String id, HandshakeCertificates certificates) implements ServerTls {
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

  @Override
  public boolean isHttp2Allowed() {
    return false;
  }
}
