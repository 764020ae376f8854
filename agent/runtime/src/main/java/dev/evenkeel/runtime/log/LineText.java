package dev.evenkeel.runtime.log;

/** Keeps a text on one line. Immutable. */
final class LineText {
  private LineText() {}

  static void appendEscaped(StringBuilder to, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        to.append("\\n");
      } else if (c == '\t') {
        to.append(c);
      } else if (Character.isISOControl(c)) {
        to.append("\\x").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
      } else if (c == '\u2028' || c == '\u2029') {
        to.append("\\u").append(Integer.toHexString(c));
      } else {
        to.append(c);
      }
    }
  }
}
