package dev.evenkeel.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether this version does what an option asks. Immutable.
 *
 * @param note for people, why it has no effect; empty if it has
 * @param harmless values, as text, of which nothing needs to be said
 */
record Support(String note, List<String> harmless) {
  static final Support FULL = new Support("", List.of());

  /** False for an option that is accepted without effect, which is said once. */
  boolean isFull() {
    return note.isEmpty();
  }

  /** Says what is to be said of a value that was given. */
  void check(Value value, Problems problems) {
    if (isFull() || isEmpty(value.data()) || harmless.contains(text(value))) {
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
