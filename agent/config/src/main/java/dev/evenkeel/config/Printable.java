package dev.evenkeel.config;

/**
 * Turns what a user wrote into what a log may show: one line, of bounded length, without the user
 * info of a URL, and without keys. Immutable.
 */
final class Printable {
  private static final int LIMIT = 200;

  /** What a certificate or key begins with where it stands in the configuration itself. */
  static final String PEM = "-----BEGIN ";

  private Printable() {}

  /** The text as a message shows it; {@code ""} in quotes if it is empty. */
  static String of(String text) {
    if (text.isEmpty()) {
      return "\"\"";
    }
    if (text.contains(PEM)) {
      return "a PEM text"; // which may be a private key
    }
    String open = withoutUserInfo(text);
    StringBuilder line = new StringBuilder(Math.min(open.length(), LIMIT + 1));
    for (int i = 0; i < open.length(); i++) {
      if (line.length() >= LIMIT) {
        return line.append('…').toString();
      }
      append(line, open.charAt(i));
    }
    return line.toString();
  }

  /**
   * From the first {@code //} up to the last {@code @} nothing is shown: a password may itself hold
   * {@code @}, {@code /}, commas or blanks, so showing less is the safe side. Where the slashes are
   * missing, {@code name:password@} is still a user info.
   */
  private static String withoutUserInfo(String text) {
    int end = text.lastIndexOf('@');
    int slashes = text.indexOf("//");
    if (slashes >= 0 && slashes < end) {
      return text.substring(0, slashes) + "//***" + text.substring(end);
    }
    int colon = text.indexOf(':');
    return colon >= 0 && colon < end ? "***" + text.substring(end) : text;
  }

  private static void append(StringBuilder line, char c) {
    if (c == '\n') {
      line.append("\\n");
    } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
      line.append('?');
    } else {
      line.append(c);
    }
  }
}
