package dev.evenkeel.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects every problem of one load. Not thread-safe; one per load. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Something because of which the configuration is not used. */
  void fatal(Place place, String text) {
    add(place, text, true);
  }

  /** Something that is said once while the configuration is used. */
  void note(Place place, String text) {
    add(place, text, false);
  }

  /** The problems of a part that nothing uses: said, and in nobody's way. */
  void addAsNotes(Problems others) {
    for (Problem each : others.found) {
      found.add(new Problem(each.source(), each.line(), each.key(), each.text(), false));
    }
  }

  void addAll(Problems others) {
    found.addAll(others.found);
  }

  boolean hasFatal() {
    return found.stream().anyMatch(Problem::isFatal);
  }

  /**
   * In the order of the files and of their lines, then those that have no line.
   *
   * @param files in the order in which they were read; of a single one, what is wrong with the file
   *     as a whole comes after its lines
   */
  List<Problem> sorted(List<String> files) {
    Map<String, Integer> ranks = new HashMap<>();
    for (String file : files) {
      ranks.putIfAbsent(file, ranks.size());
    }
    boolean isOneFile = files.size() < 2;
    Comparator<Problem> byFile =
        Comparator.comparingInt(
            p -> isOneFile ? 0 : ranks.getOrDefault(p.source(), Integer.MAX_VALUE));
    return found.stream()
        .sorted(byFile.thenComparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line()))
        .toList();
  }

  private void add(Place place, String text, boolean isFatal) {
    Origin origin = place.origin();
    found.add(new Problem(origin.source(), origin.line(), place.path(), text, isFatal));
  }
}
