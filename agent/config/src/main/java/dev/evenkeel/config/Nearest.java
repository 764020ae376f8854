package dev.evenkeel.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a user most likely meant. Immutable. */
final class Nearest {
  private static final int MAX_LENGTH = 64;

  private Nearest() {}

  /** {@code did you mean: strategy?}, or all the names if none is near. */
  static String hint(String given, List<String> known) {
    String nearest = find(given, known);
    if (known.isEmpty()) {
      return "expected: {}";
    }
    return nearest == null
        ? "expected: one of " + String.join(", ", known)
        : "did you mean: " + nearest + "?";
  }

  /** The known name with the fewest edits, if at most a third of its letters differ. */
  static @Nullable String find(String given, List<String> known) {
    if (given.length() > MAX_LENGTH) {
      return null;
    }
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < best && distance <= Math.max(1, name.length() / 3)) {
        best = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Insertions, deletions, replacements, and two neighbours that changed places. */
  private static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int fewest(int[][] edits, String from, String to, int i, int j) {
    char last = from.charAt(i - 1);
    int replaced = edits[i - 1][j - 1] + (last == to.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean isSwapped =
        i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    return isSwapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
  }
}
