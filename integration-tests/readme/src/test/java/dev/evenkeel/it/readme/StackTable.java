package dev.evenkeel.it.readme;

import dev.evenkeel.testkit.contract.PassedContract;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The README's table of what stands on the clients. Stateless. Thread-safe. */
final class StackTable {
  static final String HEAD = "| library | on |\n| --- | --- |\n";

  private StackTable() {}

  /**
   * A row for each library, with the clients that it passed with.
   *
   * @param jdks on all of which it must have passed
   */
  static String text(Collection<PassedContract> proofs, Set<Integer> jdks) {
    Map<String, Map<String, Set<Integer>>> rows = new TreeMap<>();
    for (PassedContract proof : proofs) {
      rows.computeIfAbsent(
              proof.library().name() + " " + proof.library().version(), key -> new TreeMap<>())
          .computeIfAbsent(proof.adapter(), key -> new TreeSet<>())
          .add(proof.jdk());
    }
    StringBuilder text = new StringBuilder(HEAD);
    rows.forEach(
        (library, clients) -> {
          clients.values().removeIf(passed -> !passed.containsAll(jdks));
          if (!clients.isEmpty()) {
            text.append("| %s | %s |\n".formatted(library, String.join(", ", clients.keySet())));
          }
        });
    return text.toString();
  }
}
