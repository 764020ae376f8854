package dev.evenkeel.scenarios.differential.subjects;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The TLS of one client library, with the JVM's trust: made once, as an application does, and not
 * for each exchange, which would be most of the work. Immutable.
 */
record Tls(SSLContext context, X509TrustManager trust) {
  static Tls create() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return new Tls(context, trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
