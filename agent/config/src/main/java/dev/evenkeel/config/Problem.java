package dev.evenkeel.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with the configuration, in the form that users read. Immutable.
 *
 * @param source file name, or the property's or variable's name; null if neither applies
 * @param line 1-based; 0 if there is none
 * @param key full path, as {@code http.services.orders.loadBalancer.servers[1].weight}; empty for
 *     the file as a whole
 * @param text value and expectation, as {@code -2 (expected: integer 0..65535)}
 * @param isFatal false: said once, and the configuration is used
 */
public record Problem(@Nullable String source, int line, String key, String text, boolean isFatal) {
  /** How many there are, as {@code 2 problems}. */
  public static String count(List<Problem> problems) {
    return problems.size() == 1 ? "1 problem" : problems.size() + " problems";
  }

  /** {@code file:line key: text}; a property's name that ends with the key stands for both. */
  @Override
  public String toString() {
    if (source == null) {
      return key.isEmpty() ? text : key + ": " + text;
    }
    String where = line > 0 ? source + ":" + line : source;
    boolean isSaid = key.isEmpty() || (line == 0 && source.endsWith(key));
    return isSaid ? where + ": " + text : where + " " + key + ": " + text;
  }
}
