package dev.evenkeel.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.contract.PassedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A table of the README that says what passed in this build, between two comments. Immutable.
 *
 * @param begin the line before the table
 * @param end the line after it
 * @param folder of the proofs, below each module's {@code target}
 */
record ReadmeTable(String begin, String end, String folder) {
  private static final Path ROOT = Path.of(System.getProperty("root", ""));
  private static final Path README = ROOT.resolve("README.md");
  private static final String REWRITE = "docs.rewrite";

  /** Compares the table with what it must be, or writes that where the build asks for it. */
  void assertIs(UnaryOperator<String> proven) throws IOException {
    String readme = Files.readString(README);
    int from = readme.indexOf(begin) + begin.length();
    int to = readme.indexOf(end);
    assertThat(from).as(begin).isBetween(begin.length(), to);
    String table = readme.substring(from, to);

    String expected = proven.apply(table);
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(README, readme.substring(0, from) + expected + readme.substring(to));
      return;
    }

    assertThat(table)
        .as("stale: run mvn -B -ntp verify -D%s=true and commit the README", REWRITE)
        .isEqualTo(expected);
  }

  /** Of this build only. */
  List<PassedContract> proofs() throws IOException {
    String build = System.getProperty("build.started", "");
    assertThat(build).isNotEmpty();
    List<PassedContract> proofs = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT.resolve("integration-tests"))) {
      for (Path module : modules.toList()) {
        proofs.addAll(PassedContract.read(module.resolve("target").resolve(folder)));
      }
    }
    return proofs.stream().filter(proof -> proof.build().equals(build)).toList();
  }

  /** The JDKs that this build tests on. */
  static Set<Integer> jdksRun() {
    Set<Integer> jdks = new HashSet<>(Set.of(Runtime.version().feature()));
    if (!Boolean.getBoolean("jdk25.absent")) {
      jdks.add(25);
    }
    return jdks;
  }
}
