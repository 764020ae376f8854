package dev.evenkeel.it.readme;

import dev.evenkeel.testkit.client.Library;
import dev.evenkeel.testkit.contract.PassedContract;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The README's table of clients, whose third column says what the client contract passed with. A
 * version stands for all of the JDKs unless it names one of them. Immutable.
 *
 * @param head the column names and the line below them
 */
record ClientTable(List<String> head, List<Row> rows) {
  /** The JDKs that the README speaks of. */
  static final List<Integer> JDKS = List.of(17, 25);

  private static final Pattern CLAIM = Pattern.compile("(JDK )?([^ ]+)(?: \\(JDK (\\d+)\\))?");
  private static final String NONE = "none";

  /** A version of a library on a JDK. A version that is a JDK's own has the JDK's name. */
  record Run(String version, int jdk) implements Comparable<Run> {
    private static final Comparator<Run> ORDER =
        Comparator.comparing((Run run) -> Version.parse(run.version.replace("JDK ", "")))
            .thenComparing(Run::version)
            .thenComparing(Run::jdk);

    @Override
    public int compareTo(Run other) {
      return ORDER.compare(this, other);
    }
  }

  /** One client through one adapter. */
  record Row(String client, String adapter, Set<Run> runs, String calls) {
    static Row parse(String line) {
      String[] cells = line.split("\\|", -1);
      return new Row(
          cells[1].strip(), cells[2].strip(), ClientTable.runs(cells[3].strip()), cells[4].strip());
    }

    boolean isOf(PassedContract proof) {
      return client.replace("`", "").equals(proof.library().name())
          && adapter.replace("`", "").equals(proof.adapter());
    }

    /** What these proofs say, and what this row said of JDKs that nothing ran on. */
    Row proven(Collection<PassedContract> proofs, Set<Integer> jdksRun) {
      Set<Run> proven =
          runs.stream()
              .filter(run -> !jdksRun.contains(run.jdk))
              .collect(Collectors.toCollection(TreeSet::new));
      proofs.stream()
          .filter(proof -> isOf(proof) && JDKS.contains(proof.jdk()))
          .map(proof -> new Run(proof.library().version(), proof.jdk()))
          .forEach(proven::add);
      return new Row(client, adapter, proven, calls);
    }

    String text() {
      return "| %s | %s | %s | %s |".formatted(client, adapter, cell(runs), calls);
    }
  }

  static ClientTable parse(String text) {
    List<String> lines = text.lines().toList();
    return new ClientTable(
        lines.subList(0, 2), lines.subList(2, lines.size()).stream().map(Row::parse).toList());
  }

  /** This table with what was proven, and nothing else said of the JDKs that the tests ran on. */
  ClientTable proven(Collection<PassedContract> proofs, Set<Integer> jdksRun) {
    List<Library> homeless =
        proofs.stream()
            .filter(proof -> rows.stream().noneMatch(row -> row.isOf(proof)))
            .map(PassedContract::library)
            .toList();
    if (!homeless.isEmpty()) {
      throw new AssertionError("no row for " + homeless);
    }
    return new ClientTable(head, rows.stream().map(row -> row.proven(proofs, jdksRun)).toList());
  }

  String text() {
    List<String> lines = new ArrayList<>(head);
    rows.forEach(row -> lines.add(row.text()));
    return String.join("\n", lines) + "\n";
  }

  private static Set<Run> runs(String cell) {
    Set<Run> runs = new TreeSet<>();
    for (String claim : cell.equals(NONE) ? new String[0] : cell.split(", ")) {
      Matcher matcher = CLAIM.matcher(claim);
      if (!matcher.matches()) {
        throw new AssertionError(claim + " (expected: a version, or a version (JDK n), or JDK n)");
      }
      if (matcher.group(1) != null) {
        runs.add(new Run(claim, Integer.parseInt(matcher.group(2))));
      } else if (matcher.group(3) != null) {
        runs.add(new Run(matcher.group(2), Integer.parseInt(matcher.group(3))));
      } else {
        JDKS.forEach(jdk -> runs.add(new Run(claim, jdk)));
      }
    }
    return runs;
  }

  private static String cell(Set<Run> runs) {
    TreeMap<String, List<Integer>> jdks =
        new TreeMap<>(Comparator.comparing((String version) -> new Run(version, 0)));
    runs.forEach(run -> jdks.computeIfAbsent(run.version, key -> new ArrayList<>()).add(run.jdk));
    List<String> claims = new ArrayList<>();
    jdks.forEach((version, on) -> claims.add(version + suffix(version, on)));
    return claims.isEmpty() ? NONE : String.join(", ", claims);
  }

  private static String suffix(String version, List<Integer> on) {
    return version.startsWith("JDK ") || on.containsAll(JDKS) ? "" : " (JDK " + on.get(0) + ")";
  }
}
