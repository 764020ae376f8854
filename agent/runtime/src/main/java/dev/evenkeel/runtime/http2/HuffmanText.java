package dev.evenkeel.runtime.http2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text in HPACK's code (RFC 7541, appendix B). The code is canonical: its words of one length are
 * numbers in a row, in the order of their characters, and begin where the shorter ones end; so the
 * characters of each length are all there is to know. Only those of ASCII that can be printed are
 * in here, and no backslash: their words have 15 bits at most, and what a probe reads is made of
 * them. Immutable.
 */
final class HuffmanText {
  private static final int SHORTEST = 5;

  /** From {@value #SHORTEST} bits on. */
  private static final List<String> BY_LENGTH =
      List.of(
          "012aceiost",
          " %-./3456789=A_bdfghlmnpru",
          ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz",
          "&*,;XZ",
          "",
          "!\"()?",
          "'+|",
          "#>",
          "\0$@[]~",
          "^}",
          "<`{");

  private static final int LONGEST = SHORTEST + BY_LENGTH.size() - 1;

  /** Ones at the end fill up a byte. */
  private static final int MAX_FILLING = 7;

  private HuffmanText() {}

  /** The text; null if it has other characters, or is none. */
  static @Nullable String decode(byte[] coded) {
    StringBuilder text = new StringBuilder();
    int word = 0;
    int first = 0;
    int length = 0;
    for (int i = 0; i < coded.length * 8; i++) {
      int bit = (coded[i / 8] >> (7 - i % 8)) & 1;
      first = (first + ofLength(length).length()) << 1;
      word = word << 1 | bit;
      length++;
      int index = word - first;
      if (index < ofLength(length).length()) {
        text.append(ofLength(length).charAt(index));
        word = 0;
        first = 0;
        length = 0;
      } else if (length == LONGEST) {
        return null;
      }
    }
    boolean isFilling = length <= MAX_FILLING && word == (1 << length) - 1;
    return isFilling ? text.toString() : null;
  }

  private static String ofLength(int length) {
    return length < SHORTEST ? "" : BY_LENGTH.get(length - SHORTEST);
  }
}
