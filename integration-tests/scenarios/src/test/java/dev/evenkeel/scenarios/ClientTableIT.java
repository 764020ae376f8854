package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.Library;
import dev.evenkeel.testkit.contract.PassedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The versions in the README's table are those that passed the client contract in this build. */
class ClientTableIT {
  private static final Path ROOT = Path.of(System.getProperty("root", ""));
  private static final Path README = ROOT.resolve("README.md");
  private static final String BEGIN = "<!-- clients: the versions are what the tests passed -->\n";
  private static final String END = "<!-- end of clients -->\n";
  private static final String REWRITE = "docs.rewrite";

  private static final String HEAD = "| client | adapter | versions | calls |\n|-|-|-|-|\n";
  private static final Set<Integer> BOTH = Set.of(17, 25);

  @Test
  void table_inTheReadme_isWhatPassedInThisBuild() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).as(BEGIN).isBetween(BEGIN.length(), end);
    String table = readme.substring(begin, end);

    String proven = ClientTable.parse(table).proven(proofs(), jdksRun()).text();
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(README, readme.substring(0, begin) + proven + readme.substring(end));
      return;
    }

    assertThat(table)
        .as("stale: run mvn -B -ntp verify -D%s=true and commit the README", REWRITE)
        .isEqualTo(proven);
  }

  /** Of this build only. */
  private static List<PassedContract> proofs() throws IOException {
    String build = System.getProperty("build.started", "");
    assertThat(build).isNotEmpty();
    List<PassedContract> proofs = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT.resolve("integration-tests"))) {
      for (Path module : modules.toList()) {
        proofs.addAll(PassedContract.read(module.resolve("target/passed-contracts")));
      }
    }
    return proofs.stream().filter(proof -> proof.build().equals(build)).toList();
  }

  private static Set<Integer> jdksRun() {
    Set<Integer> jdks = new HashSet<>(Set.of(Runtime.version().feature()));
    if (!Boolean.getBoolean("jdk25.absent")) {
      jdks.add(25);
    }
    return jdks;
  }

  @Test
  void version_claimedAndNotPassed_isGone() {
    ClientTable table = ClientTable.parse(HEAD + "| A | `a` | 1.0, 1.10, 2.0 | `x` |\n");

    ClientTable proven =
        table.proven(List.of(passed("1.10", 17), passed("1.10", 25), passed("2.0", 25)), BOTH);

    assertThat(proven.text()).isEqualTo(HEAD + "| A | `a` | 1.10, 2.0 (JDK 25) | `x` |\n");
    assertThat(table.proven(List.of(), BOTH).text()).isEqualTo(HEAD + "| A | `a` | none | `x` |\n");
  }

  @Test
  void version_passedAndNotClaimed_isAddedInOrder() {
    ClientTable table = ClientTable.parse(HEAD + "| A | `a` | 1.10 | |\n");

    ClientTable proven = table.proven(List.of(passed("1.9", 17), passed("1.10", 17)), Set.of(17));

    assertThat(proven.text()).isEqualTo(HEAD + "| A | `a` | 1.9 (JDK 17), 1.10 |  |\n");
  }

  @Test
  void jdkThatNothingRanOn_keepsWhatIsClaimed() {
    String text =
        HEAD + "| A | `a` | 1.0, 2.0 (JDK 25) | `x` |\n| `J` | `j` | JDK 17, JDK 25 | |\n";
    ClientTable table = ClientTable.parse(text);
    PassedContract ofTheJdk = new PassedContract(new Library("J", "JDK 17"), "j", 17, "now");

    ClientTable proven = table.proven(List.of(passed("1.0", 17), ofTheJdk), Set.of(17));

    assertThat(proven).isEqualTo(table);
    assertThat(table.proven(List.of(ofTheJdk), Set.of(17)).text())
        .isEqualTo(text.replace("1.0,", "1.0 (JDK 25),").replace("25 | |", "25 |  |"));
  }

  @Test
  void client_thatPassedWithoutARow_isNamed() {
    ClientTable table = ClientTable.parse(HEAD + "| B | `a` | 1.0 | `x` |\n");

    assertThatThrownBy(() -> table.proven(List.of(passed("1.0", 17)), BOTH))
        .hasMessageContaining("no row for")
        .hasMessageContaining("name=A");
  }

  private static PassedContract passed(String version, int jdk) {
    return new PassedContract(new Library("A", version), "a", jdk, "now");
  }
}
