package dev.evenkeel.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether this version does what an option asks. Immutable.
 *
 * @param note for people; empty if there is nothing to say
 * @param harmless values, as text, of which nothing needs to be said
 */
record Support(Level level, String note, List<String> harmless) {
  static final Support FULL = new Support(Level.FULL, "", List.of());

  /** How much is lost without it. */
  enum Level {
    FULL,
    /** Accepted, without effect, and said once. */
    NOTED
  }

  /** Says what is to be said of a value that was given. */
  void check(Value value, Problems problems) {
    if (level == Level.FULL || isEmpty(value.data()) || harmless.contains(text(value))) {
      return;
    }
    problems.note(value.place(), note);
  }

  private static String text(Value value) {
    return String.valueOf(value.data());
  }

  private static boolean isEmpty(Object data) {
    return (data instanceof Collection<?> items && items.isEmpty())
        || (data instanceof Map<?, ?> map && map.isEmpty());
  }
}
