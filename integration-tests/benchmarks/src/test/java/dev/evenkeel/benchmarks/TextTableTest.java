package dev.evenkeel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable("way", "calls/s");

  @Test
  void table_cellsOfManyWidths_standInColumns() {
    table.row("direct", "1");
    table.row("a", "23,456,789");

    assertThat(table)
        .hasToString(
            """
            way        calls/s
            direct           1
            a       23,456,789
            """);
  }

  @Test
  void row_oneCellTooFew_isRefused() {
    assertThatThrownBy(() -> table.row("direct"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cells: 1 (expected: 2)");
  }
}
