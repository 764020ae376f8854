package dev.evenkeel.config;

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
  /** {@code file:line key: text}. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    if (source != null) {
      all.append(source);
      if (line > 0) {
        all.append(':').append(line);
      }
      all.append(key.isEmpty() ? ": " : " ");
    }
    if (!key.isEmpty()) {
      all.append(key).append(": ");
    }
    return all.append(text).toString();
  }
}
