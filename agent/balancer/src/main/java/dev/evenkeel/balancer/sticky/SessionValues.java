package dev.evenkeel.balancer.sticky;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The cookie values that name a server. Source: Traefik, of today and of older versions. Immutable.
 */
final class SessionValues {
  private static final int CURRENT_LENGTH = 16;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private SessionValues() {}

  /** The first 16 hexadecimal digits of the SHA-256 of the URL: what is written since 3.3.4. */
  static String current(String url) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, CURRENT_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** 64-bit FNV-1 (not 1a) in hexadecimal without leading zeros: what older versions wrote. */
  static String fnv(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash * FNV_PRIME) ^ Byte.toUnsignedInt(b);
    }
    return Long.toHexString(hash);
  }
}
