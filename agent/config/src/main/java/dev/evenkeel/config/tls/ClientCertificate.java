package dev.evenkeel.config.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * A certificate with its key, for servers that ask for one. Immutable.
 *
 * @param chain the certificate first
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final String EXPECTED = " (expected: PEM with -----BEGIN PRIVATE KEY-----)";

  public ClientCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Reads the key of a certificate: PKCS #8, or one of the older forms, PKCS #1 for RSA and SEC 1
   * for EC.
   *
   * @throws MaterialException if there is no key, or that of another certificate
   */
  public static ClientCertificate of(List<X509Certificate> chain, String keyPem)
      throws MaterialException {
    PublicKey itsPublic = chain.get(0).getPublicKey();
    for (PemBlock block : PemBlock.allOf(keyPem)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        PrivateKey key = read(block, itsPublic);
        checkPair(key, itsPublic);
        return new ClientCertificate(chain, key);
      }
    }
    throw new MaterialException("holds no private key" + EXPECTED);
  }

  private static PrivateKey read(PemBlock block, PublicKey itsPublic) throws MaterialException {
    if (block.isEncrypted()) {
      throw new MaterialException(
          "holds an encrypted private key (expected: a key without a password)");
    }
    boolean isPkcs8 = block.label().equals("PRIVATE KEY");
    byte[] encoded = isPkcs8 ? block.content() : Pkcs8.wrap(block.content(), itsPublic);
    try {
      return KeyFactory.getInstance(itsPublic.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new MaterialException(
          "holds no private key of the certificate's kind, "
              + itsPublic.getAlgorithm()
              + ", that can be read"
              + EXPECTED);
    }
  }

  /** A signature shows it for each kind of key. */
  private static void checkPair(PrivateKey key, PublicKey itsPublic) throws MaterialException {
    String algorithm =
        switch (itsPublic.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> itsPublic.getAlgorithm();
        };
    boolean isPair;
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update((byte) 1);
      byte[] signature = signing.sign();
      signing.initVerify(itsPublic);
      signing.update((byte) 1);
      isPair = signing.verify(signature);
    } catch (GeneralSecurityException e) {
      isPair = false;
    }
    if (!isPair) {
      throw new MaterialException("is not the key of the certificate (expected: its own key)");
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return chain.get(0).getSubjectX500Principal().getName();
  }
}
