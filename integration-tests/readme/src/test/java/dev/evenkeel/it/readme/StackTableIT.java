package dev.evenkeel.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.Library;
import dev.evenkeel.testkit.contract.PassedContract;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The README's table of what stands on the clients is what passed in this build. */
class StackTableIT {
  private static final ReadmeTable README =
      new ReadmeTable(
          "<!-- stacks: what the tests passed -->\n", "<!-- end of stacks -->\n", "passed-stories");

  @Test
  void table_inTheReadme_isWhatPassedInThisBuild() throws IOException {
    List<PassedContract> proofs = README.proofs();

    README.assertIs(table -> StackTable.text(proofs, ReadmeTable.jdksRun()));
  }

  @Test
  void clientsOfALibrary_thatPassed_shareARowInOrder() {
    String text =
        StackTable.text(
            List.of(passed("B", "x", 17), passed("A", "y", 17), passed("A", "x", 17)), Set.of(17));

    assertThat(text).isEqualTo(StackTable.HEAD + "| A 1.0 | x, y |\n| B 1.0 | x |\n");
  }

  @Test
  void client_thatPassedOnOneOfTwoJdks_isNotNamed() {
    List<PassedContract> proofs =
        List.of(
            passed("A", "x", 17), passed("A", "x", 25), passed("A", "y", 17), passed("B", "x", 25));

    assertThat(StackTable.text(proofs, Set.of(17, 25)))
        .isEqualTo(StackTable.HEAD + "| A 1.0 | x |\n");
  }

  private static PassedContract passed(String library, String client, int jdk) {
    return new PassedContract(new Library(library, "1.0"), client, jdk, "now");
  }
}
