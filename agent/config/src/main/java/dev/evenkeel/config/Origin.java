package dev.evenkeel.config;

import org.jspecify.annotations.Nullable;

/**
 * Who gave a value. Immutable.
 *
 * @param source file name, or the property's, variable's or argument's name; null if nobody did
 * @param line 1-based; 0 if there is none
 */
record Origin(@Nullable String source, int line) {
  /** What was not given by anybody. */
  static final Origin NONE = new Origin(null, 0);
}
