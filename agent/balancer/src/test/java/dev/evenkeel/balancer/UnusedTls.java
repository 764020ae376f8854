package dev.evenkeel.balancer;

import dev.evenkeel.spi.ServerTls;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** A transport that nobody connects with. Immutable. */
record UnusedTls(String id) implements ServerTls {
  @Override
  public SSLContext context() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SSLSocketFactory socketFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public HostnameVerifier hostnameVerifier() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isHttp2Allowed() {
    return true;
  }
}
