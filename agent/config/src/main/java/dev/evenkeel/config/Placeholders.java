package dev.evenkeel.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills in <code>${env:NAME}</code>, <code>${env:NAME:-default}</code> and the same with {@code
 * sys:} for system properties. One pass: what a variable holds is not searched again, and a default
 * holds no placeholder. Every other <code>${</code> stays as it is. Immutable.
 */
final class Placeholders {
  private final Map<String, String> environment;
  private final Map<String, String> system;

  Placeholders(Map<String, String> environment, Map<String, String> system) {
    this.environment = environment;
    this.system = system;
  }

  /**
   * The text with its placeholders filled in.
   *
   * @return null if one cannot be filled in, which is then among the problems
   */
  @Nullable String expand(String raw, Place place, Problems problems) {
    StringBuilder filled = new StringBuilder(raw.length());
    int from = 0;
    for (int start = next(raw, 0); start >= 0; start = next(raw, from)) {
      int end = raw.indexOf('}', start);
      if (end < 0) {
        problems.fatal(place, Printable.of(raw.substring(start)) + " (expected: a closing })");
        return null;
      }
      String reference = raw.substring(start + 2, end);
      if (isIn(reference)) {
        problems.fatal(
            place,
            Printable.of(raw.substring(start)) + " (expected: no placeholder within another)");
        return null;
      }
      String value = value(reference);
      if (value == null) {
        problems.fatal(place, unknown(reference));
        return null;
      }
      filled.append(raw, from, start).append(value);
      from = end + 1;
    }
    return filled.append(raw, from, raw.length()).toString();
  }

  static boolean isIn(String raw) {
    return next(raw, 0) >= 0;
  }

  private static int next(String raw, int from) {
    int env = raw.indexOf("${env:", from);
    int sys = raw.indexOf("${sys:", from);
    return env < 0 || sys < 0 ? Math.max(env, sys) : Math.min(env, sys);
  }

  /** A default also stands in for an empty value, as in a shell. */
  private @Nullable String value(String reference) {
    Map<String, String> source = reference.startsWith("env:") ? environment : system;
    int dash = reference.indexOf(":-");
    if (dash < 0) {
      return source.get(reference.substring(4));
    }
    String value = dash < 4 ? null : source.get(reference.substring(4, dash));
    return value == null || value.isEmpty() ? reference.substring(dash + 2) : value;
  }

  private static String unknown(String reference) {
    String printable = Printable.of(reference);
    String what = reference.startsWith("env:") ? "environment variable" : "system property";
    return "${" + printable + "} (expected: a set " + what + ", or ${" + printable + ":-default})";
  }
}
