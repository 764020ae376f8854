package dev.evenkeel.testkit.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HeldCertificate;

/**
 * The TLS of a server with one certificate. Its key waits in memory in the old format: the newer
 * one, which OkHttp's own way to this takes, guards it with ten thousand rounds of a hash, twice
 * for each server. Stateless. Thread-safe.
 */
final class ServerTls {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private ServerTls() {}

  static SSLSocketFactory of(HeldCertificate certificate, X509TrustManager trusted)
      throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("JKS");
      keys.load(null, null);
      X509Certificate[] chain = {certificate.certificate()};
      keys.setKeyEntry("server", certificate.keyPair().getPrivate(), PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(managers.getKeyManagers(), new TrustManager[] {trusted}, null);
      return tls.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
