package dev.evenkeel.it.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.Library;
import dev.evenkeel.testkit.contract.PassedContract;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The versions in the README's table are those that passed the client contract in this build. */
class ClientTableIT {
  private static final ReadmeTable README =
      new ReadmeTable(
          "<!-- clients: the versions are what the tests passed -->\n",
          "<!-- end of clients -->\n",
          "passed-contracts");

  private static final String HEAD = "| client | adapter | versions | calls |\n|-|-|-|-|\n";
  private static final Set<Integer> BOTH = Set.of(17, 25);

  @Test
  void table_inTheReadme_isWhatPassedInThisBuild() throws IOException {
    List<PassedContract> proofs = README.proofs();

    README.assertIs(table -> ClientTable.parse(table).proven(proofs, ReadmeTable.jdksRun()).text());
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
