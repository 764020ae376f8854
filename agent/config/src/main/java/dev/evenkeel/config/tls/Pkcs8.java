package dev.evenkeel.config.tls;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;

/**
 * Puts older forms of private keys into the one that the JDK reads. Source: RFC 5958: version,
 * algorithm, key. The algorithm with its parameters is copied from the public key (RFC 5280,
 * section 4.1.2.7), so that no table of curves is needed. Immutable.
 */
final class Pkcs8 {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  private Pkcs8() {}

  /**
   * The key in PKCS #8.
   *
   * @param key as PKCS #1 or SEC 1 have it
   * @param itsPublic the public key, in X.509's form
   */
  static byte[] wrap(byte[] key, PublicKey itsPublic) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION);
    content.writeBytes(algorithm(itsPublic.getEncoded()));
    content.writeBytes(tagged(OCTET_STRING, key));
    return tagged(SEQUENCE, content.toByteArray());
  }

  /** The first element of the sequence that a public key is. */
  private static byte[] algorithm(byte[] publicKey) {
    int start = 1 + lengthBytes(publicKey, 1);
    int header = 1 + lengthBytes(publicKey, start + 1);
    int length = length(publicKey, start + 1);
    byte[] algorithm = new byte[header + length];
    System.arraycopy(publicKey, start, algorithm, 0, algorithm.length);
    return algorithm;
  }

  private static int lengthBytes(byte[] der, int at) {
    int first = der[at] & 0xff;
    return first < 0x80 ? 1 : 1 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int count = lengthBytes(der, at);
    int length = count == 1 ? der[at] & 0xff : 0;
    for (int i = 1; i < count; i++) {
      length = (length << 8) | (der[at + i] & 0xff);
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int count = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      out.write(0x80 | count);
      for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
        out.write(content.length >> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
