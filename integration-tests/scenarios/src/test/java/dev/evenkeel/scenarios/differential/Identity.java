package dev.evenkeel.scenarios.differential;

import dev.evenkeel.scenarios.differential.subjects.Sites;
import dev.evenkeel.scenarios.differential.subjects.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * The one certificate that every server and the proxy show, for all names and addresses, so that
 * what the application sees of it is the same by every way. Immutable.
 *
 * @param context of a server that shows it
 * @param pem a file with the certificate and its key
 * @param trust a file with a store of the private authority that signed it
 */
record Identity(SSLContext context, Path pem, Path trust) {
  private static final String PASSWORD = "changeit";

  /** Nothing to decrypt, as it is read again by many a client. */
  private static final String STORE_TYPE = "JKS";

  static Identity in(Path folder) throws IOException {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate.Builder builder =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .commonName(Sites.OTHER)
            .addSubjectAlternativeName(Sites.OTHER);
    for (Wire wire : Wire.values()) {
      builder.addSubjectAlternativeName(wire.host());
    }
    for (Way way : Way.values()) {
      builder.addSubjectAlternativeName(way.text()).addSubjectAlternativeName(way.frontText());
    }
    HeldCertificate held = builder.build();
    Files.createDirectories(folder);
    return new Identity(
        new HandshakeCertificates.Builder().heldCertificate(held).build().sslContext(),
        Files.writeString(
            folder.resolve("server.pem"), held.certificatePem() + held.privateKeyPkcs8Pem()),
        store(authority, folder.resolve("trust.jks")));
  }

  private static Path store(HeldCertificate authority, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance(STORE_TYPE);
      store.load(null, null);
      store.setCertificateEntry("authority", authority.certificate());
      store.store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return file;
  }

  /** What makes a JVM, and each client in it, trust the authority and nobody else. */
  List<String> options() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trust,
        "-Djavax.net.ssl.trustStoreType=" + STORE_TYPE,
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }
}
