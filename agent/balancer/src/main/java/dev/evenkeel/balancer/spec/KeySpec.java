package dev.evenkeel.balancer.spec;

import java.util.Locale;

/**
 * What tells calls apart: a part of the request, the thread, or the JVM. Immutable.
 *
 * @param name of the header, cookie or query parameter; empty for the other kinds
 * @param segment of the path, the first is 1; 0 for the other kinds
 */
public record KeySpec(Kind kind, String name, int segment) {
  /** How a key is written. */
  public static final String FORMS =
      "header:<name>, cookie:<name>, query:<name>, path:<n>, thread or jvm";

  /** Where a key is read. */
  public enum Kind {
    HEADER,
    COOKIE,
    QUERY,
    PATH,
    THREAD,
    JVM
  }

  /**
   * Reads a key as files write it: {@code header:X-Tenant}, {@code cookie:id}, {@code query:id},
   * {@code path:2}, {@code thread} or {@code jvm}.
   *
   * @throws IllegalArgumentException with {@code value (expected: …)}
   */
  public static KeySpec parse(String text) {
    int colon = text.indexOf(':');
    String word = (colon < 0 ? text : text.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    String name = colon < 0 ? "" : text.substring(colon + 1).strip();
    return switch (word) {
      case "header" -> named(Kind.HEADER, name, text);
      case "cookie" -> named(Kind.COOKIE, name, text);
      case "query" -> named(Kind.QUERY, name, text);
      case "path" -> new KeySpec(Kind.PATH, "", segment(name, text));
      case "thread" -> bare(Kind.THREAD, colon, text);
      case "jvm" -> bare(Kind.JVM, colon, text);
      default -> throw malformed(text);
    };
  }

  private static KeySpec named(Kind kind, String name, String text) {
    if (name.isEmpty()) {
      throw malformed(text);
    }
    return new KeySpec(kind, name, 0);
  }

  private static KeySpec bare(Kind kind, int colon, String text) {
    if (colon >= 0) {
      throw malformed(text);
    }
    return new KeySpec(kind, "", 0);
  }

  private static int segment(String digits, String text) {
    if (!digits.matches("[1-9][0-9]?")) {
      throw malformed(text);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(text + " (expected: " + FORMS + ")");
  }
}
