package dev.evenkeel.runtime.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost}, its own authority. Immutable.
 *
 * @param keyStore PKCS #12, its password is {@code changeit}
 */
public record ServerCertificate(Path keyStore) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public static ServerCertificate createdIn(Path directory) throws Exception {
    Path keyStore = directory.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=x",
                    "-ext",
                    "san=dns:localhost",
                    "-ext",
                    "bc=ca:true",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "changeit",
                    "-keystore",
                    keyStore.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return new ServerCertificate(keyStore);
  }

  public KeyManagerFactory keys() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(), PASSWORD);
    return keys;
  }

  public X509Certificate certificate() throws Exception {
    return (X509Certificate) load().getCertificate("server");
  }

  PrivateKey key() throws Exception {
    return (PrivateKey) load().getKey("server", PASSWORD);
  }

  /** What a server has that shows this certificate. */
  public SSLContext serving() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys().getKeyManagers(), null, null);
    return context;
  }

  /** What a client has that trusts this certificate only. */
  public SSLContext trusting() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  KeyStore load() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
