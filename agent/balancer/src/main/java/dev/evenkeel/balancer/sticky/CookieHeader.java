package dev.evenkeel.balancer.sticky;

import org.jspecify.annotations.Nullable;

/**
 * Reads one cookie out of a {@code Cookie} header, without a collection. Lenient as Traefik's
 * platform is (Go {@code net/http}, after RFC 6265 section 4.1.1): blanks around a cookie do not
 * count, a value may be quoted, and a cookie whose value holds a character that none may hold is
 * passed over. Immutable.
 */
public final class CookieHeader {
  private CookieHeader() {}

  /**
   * The value of the first valid cookie of a name.
   *
   * @param name case-sensitive
   * @return null if there is none; may be empty
   */
  public static @Nullable String firstValue(String header, String name) {
    int length = header.length();
    for (int start = 0; start < length; ) {
      int semicolon = header.indexOf(';', start);
      int end = semicolon < 0 ? length : semicolon;
      String value = value(header, start, end, name);
      if (value != null) {
        return value;
      }
      start = end + 1;
    }
    return null;
  }

  private static @Nullable String value(String header, int start, int end, String name) {
    int from = skipBlanks(header, start, end);
    int nameEnd = from + name.length();
    if (nameEnd > end || !header.startsWith(name, from)) {
      return null;
    }
    int to = skipBlanksBack(header, nameEnd, end);
    int equals = skipBlanks(header, nameEnd, to);
    if (equals == to) {
      return "";
    }
    return header.charAt(equals) == '=' ? unquoted(header, equals + 1, to) : null;
  }

  private static @Nullable String unquoted(String header, int from, int to) {
    boolean isQuoted = to - from > 1 && header.charAt(from) == '"' && header.charAt(to - 1) == '"';
    int first = isQuoted ? from + 1 : from;
    int end = isQuoted ? to - 1 : to;
    for (int i = first; i < end; i++) {
      char c = header.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return null;
      }
    }
    return header.substring(first, end);
  }

  private static int skipBlanks(String header, int from, int to) {
    int i = from;
    while (i < to && isBlank(header.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int skipBlanksBack(String header, int from, int to) {
    int i = to;
    while (i > from && isBlank(header.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
