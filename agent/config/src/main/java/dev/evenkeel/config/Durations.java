package dev.evenkeel.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Traefik's spelling of durations: Go's syntax ({@code 300ms}, {@code 1.5s}, {@code 2m30s}; units
 * ns, us, µs, ms, s, m, h), and a bare integer counts seconds. Range: that of Go, 64 bits of
 * nanoseconds. Immutable.
 */
final class Durations {
  private static final int MAX_LENGTH = 100;
  private static final long SECOND = 1_000_000_000L;
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /** Reads a duration; null if the text is none. */
  static @Nullable Duration parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    boolean isNegative = text.charAt(0) == '-';
    String unsigned = isNegative || text.charAt(0) == '+' ? text.substring(1) : text;
    BigInteger nanos = isDigits(unsigned) ? seconds(unsigned) : goSyntax(unsigned);
    if (nanos == null || nanos.compareTo(MAX) > 0) {
      return null;
    }
    return Duration.ofNanos(isNegative ? -nanos.longValue() : nanos.longValue());
  }

  /**
   * Writes a duration so that {@link #parse} reads it back: {@code 1h30m}, {@code 1.5s}, {@code
   * 300ms}.
   */
  static String print(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(nanos < 0 ? "-" : "");
    BigInteger[] minutes =
        BigInteger.valueOf(nanos).abs().divideAndRemainder(BigInteger.valueOf(60 * SECOND));
    append(text, minutes[0].longValue() / 60, "h");
    append(text, minutes[0].longValue() % 60, "m");
    appendBelowMinute(text, minutes[1].longValue());
    return text.toString();
  }

  private static void appendBelowMinute(StringBuilder text, long nanos) {
    if (nanos == 0) {
      return;
    }
    long unit = nanos >= SECOND ? SECOND : nanos >= 1_000_000 ? 1_000_000 : 1;
    BigDecimal number = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit));
    text.append(number.stripTrailingZeros().toPlainString());
    text.append(unit == SECOND ? "s" : unit == 1 ? "ns" : "ms");
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }

  private static BigInteger seconds(String digits) {
    return new BigInteger(digits).multiply(BigInteger.valueOf(SECOND));
  }

  private static @Nullable BigInteger goSyntax(String text) {
    BigInteger sum = BigInteger.ZERO;
    int at = 0;
    while (at < text.length()) {
      int unitStart = skip(text, at, true);
      int unitEnd = skip(text, unitStart, false);
      BigDecimal number = number(text.substring(at, unitStart));
      long unit = nanosOf(text.substring(unitStart, unitEnd));
      if (number == null || unit == 0) {
        return null;
      }
      sum = sum.add(number.multiply(BigDecimal.valueOf(unit)).toBigInteger());
      at = unitEnd;
    }
    return text.isEmpty() ? null : sum;
  }

  private static int skip(String text, int from, boolean isNumber) {
    int at = from;
    while (at < text.length() && isNumberPart(text.charAt(at)) == isNumber) {
      at++;
    }
    return at;
  }

  private static boolean isNumberPart(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  /** {@code 1}, {@code 1.5}, {@code .5} and {@code 1.}, as Go takes them. */
  private static @Nullable BigDecimal number(String text) {
    int point = text.indexOf('.');
    if (text.isEmpty() || text.equals(".") || point != text.lastIndexOf('.')) {
      return null;
    }
    return new BigDecimal(text);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && skip(text, 0, true) == text.length() && text.indexOf('.') < 0;
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      // The two characters that look like a Greek mu.
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3_600 * SECOND;
      default -> 0;
    };
  }
}
