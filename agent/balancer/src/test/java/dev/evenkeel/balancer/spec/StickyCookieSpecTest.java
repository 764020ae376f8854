package dev.evenkeel.balancer.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickyCookieSpecTest {
  @ParameterizedTest
  @CsvSource({
    "my-service@file,_4fcce",
    "whoami1@file,_064e4",
    "wrr1@file,_c3771",
    "app@file,_fb0b0",
    "service1@file,_4a6ce",
    "test,_6f743"
  })
  void nameFor_nothingConfigured_isWhatTraefikDerives(String service, String expected) {
    assertThat(StickyCookieSpec.nameFor(service, "")).isEqualTo(expected);
    assertThat(StickyCookieSpec.nameFor(service, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "lvl1 lvl1",
        "a=b;c a_b_c",
        "!#$%&'*+-.^`|~ !#$%&'*+-.^`|~",
        "a_b a_b",
        "caf\u00e9 caf_"
      })
  void nameFor_configured_replacesWhatACookieNameMayNotHold(String configured, String expected) {
    assertThat(StickyCookieSpec.nameFor("orders@file", configured)).isEqualTo(expected);
  }

  @Test
  void nameFor_characterOutsideTheBasicPlane_isReplacedByOneUnderscore() {
    assertThat(StickyCookieSpec.nameFor("orders@file", "a\uD83D\uDE00b")).isEqualTo("a_b");
  }
}
