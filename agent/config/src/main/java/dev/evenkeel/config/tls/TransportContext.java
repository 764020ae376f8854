package dev.evenkeel.config.tls;

import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A context whose engines are a transport's, whatever host they are made for. Thread-safe. */
final class TransportContext extends SSLContextSpi {
  private final SSLContext jdks;
  private final TransportTls tls;

  TransportContext(SSLContext jdks, TransportTls tls) {
    this.jdks = jdks;
    this.tls = tls;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return engineCreateSSLEngine(null, -1);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
    String name = tls.nameFor(host);
    SSLEngine engine = name == null ? jdks.createSSLEngine() : jdks.createSSLEngine(name, port);
    engine.setUseClientMode(true);
    engine.setSSLParameters(tls.prepared(engine.getSSLParameters(), name));
    return engine;
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return tls.socketFactory();
  }

  /** Without a server name, so that what a client keeps of it names nobody. */
  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return tls.prepared(jdks.getDefaultSSLParameters(), null);
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return tls.prepared(jdks.getSupportedSSLParameters(), null);
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return jdks.getClientSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return jdks.getServerSessionContext();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException("for clients only");
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      @Nullable SecureRandom random) {
    throw new UnsupportedOperationException("a servers transport's context is made once");
  }
}
