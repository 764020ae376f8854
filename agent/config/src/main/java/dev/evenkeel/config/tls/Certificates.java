package dev.evenkeel.config.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads X.509 certificates from PEM. Immutable. */
public final class Certificates {
  private Certificates() {}

  /** All certificates of a text, at least one. */
  public static List<X509Certificate> read(String pem) throws MaterialException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.allOf(pem)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw new MaterialException(
          "holds no certificate (expected: PEM with -----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  private static X509Certificate certificate(PemBlock block) throws MaterialException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (CertificateException e) {
      throw new MaterialException(
          "holds a certificate that cannot be read (expected: X.509 as PEM)");
    }
  }
}
