package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|\"\"",
        "plain|plain",
        "http://host/a@b|http://***@b",
        "http://u:p@host|http://***@host",
        "http://u:p@ss@host|http://***@host",
        "3*http://u:p@a, http://v:q@b|3*http://***@b",
        "a@b|a@b",
        "u:p@host:80|***@host:80",
        "http:/u:p@host|***@host",
        "'a\nb\u001b[0m'|a\\nb?[0m",
      })
  void text_inAMessage_isOneLineWithoutUserInfo(String text, String shown) {
    assertThat(Printable.of(text)).isEqualTo(shown);
  }

  @Property
  void anyText_isOneShortLine(@ForAll String text) {
    assertThat(Printable.of(text.repeat(3))).hasSizeLessThan(205).satisfies(PrintableTest::oneLine);
  }

  private static void oneLine(String shown) {
    assertThat(shown.lines().count()).isEqualTo(1);
  }
}
