package dev.evenkeel.balancer.strategy;

/**
 * FNV-1a over 64 bits, byte by byte of a text's UTF-8 form, so that hashing a key and then a name
 * is hashing the two written together. Allocates nothing. Immutable.
 */
public final class Fnv1a {
  /** The hash of nothing. */
  public static final long START = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;
  private static final int ONE_BYTE = 0x80;
  private static final int TWO_BYTES = 0x800;
  private static final int THREE_BYTES = 0x10000;

  private Fnv1a() {}

  /** The hash of what was hashed before with a text after it. */
  public static long append(long hash, String text) {
    return append(hash, text, 0, text.length());
  }

  /** As {@link #append(long, String)}, with the characters from one index up to another. */
  public static long append(long hash, String text, int from, int to) {
    long result = hash;
    for (int i = from; i < to; ) {
      char c = text.charAt(i);
      if (c < ONE_BYTE) {
        result = (result ^ c) * PRIME;
        i++;
      } else {
        int codePoint = text.codePointAt(i);
        result = appendWide(result, codePoint);
        i += Character.charCount(codePoint);
      }
    }
    return result;
  }

  private static long appendWide(long hash, int codePoint) {
    if (codePoint < TWO_BYTES) {
      return tail(octet(hash, 0xC0 | codePoint >> 6), codePoint, 0);
    }
    if (codePoint < THREE_BYTES) {
      return tail(octet(hash, 0xE0 | codePoint >> 12), codePoint, 6);
    }
    return tail(octet(hash, 0xF0 | codePoint >> 18), codePoint, 12);
  }

  private static long tail(long hash, int codePoint, int firstShift) {
    long result = hash;
    for (int shift = firstShift; shift >= 0; shift -= 6) {
      result = octet(result, 0x80 | (codePoint >> shift & 0x3F));
    }
    return result;
  }

  private static long octet(long hash, int octet) {
    return (hash ^ octet) * PRIME;
  }
}
