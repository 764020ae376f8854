package dev.evenkeel.scenarios.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two runs side by side. Immutable.
 *
 * @param measure what the run is measured by, by exchange
 * @param run the same exchanges by another way
 */
record Comparison(Map<String, List<String>> measure, Map<String, List<String>> run) {
  /**
   * The exchanges that differ, each with the lines that only the measure has and those that only
   * the run has.
   */
  List<String> differences(List<Quirk> declared) {
    return differing(declared)
        .map(key -> describe(key, left(key, measure, declared), left(key, run, declared)))
        .toList();
  }

  private Stream<String> differing(List<Quirk> declared) {
    return measure.keySet().stream()
        .filter(key -> !left(key, measure, declared).equals(left(key, run, declared)));
  }

  /**
   * The declared differences without which the runs would differ no more than with them.
   *
   * @param suspects those of the declared to look at
   */
  List<Quirk> unseen(List<Quirk> declared, List<Quirk> suspects) {
    return suspects.stream()
        .filter(
            quirk ->
                differing(declared.stream().filter(each -> !each.equals(quirk)).toList())
                    .findAny()
                    .isEmpty())
        .toList();
  }

  /** The exchanges of which nothing arrived at the balanced host's server in the measure. */
  List<String> withoutRequest() {
    return measure.keySet().stream()
        .filter(
            key -> measure.get(key).stream().noneMatch(line -> line.startsWith("server request ")))
        .toList();
  }

  private static List<String> left(
      String key, Map<String, List<String>> records, List<Quirk> declared) {
    List<String> lines = records.getOrDefault(key, List.of());
    for (Quirk quirk : declared) {
      lines = quirk.apply(key, lines);
    }
    return lines;
  }

  private static String describe(String key, List<String> expected, List<String> actual) {
    StringBuilder text = new StringBuilder(key);
    without(expected, actual).forEach(line -> text.append("\n  - ").append(line));
    without(actual, expected).forEach(line -> text.append("\n  + ").append(line));
    if (text.length() == key.length()) {
      text.append("\n  the same lines in another order: ").append(actual);
    }
    return text.toString();
  }

  private static List<String> without(List<String> lines, List<String> others) {
    List<String> left = new ArrayList<>(lines);
    others.forEach(left::remove);
    return left;
  }
}
