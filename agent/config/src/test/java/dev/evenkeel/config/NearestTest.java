package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("url", "weight", "preservePath");

  @Test
  void name_withFewEdits_isFoundInAnyCase() {
    assertThat(Nearest.find("URI", KNOWN)).isEqualTo("url");
    assertThat(Nearest.find("wieght", KNOWN)).isEqualTo("weight");
    assertThat(Nearest.find("preserve_path", KNOWN)).isEqualTo("preservePath");
  }

  @Test
  void name_thatIsFarOrEndless_isNotFound() {
    assertThat(Nearest.find("href", KNOWN)).isNull();
    assertThat(Nearest.find("x".repeat(100_000), KNOWN)).isNull();
    assertThat(Nearest.hint("href", KNOWN)).isEqualTo("expected: one of url, weight, preservePath");
  }
}
