package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.HealthRulesSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthRulesReaderTest {
  @TempDir Path folder;

  private Loads orders(String... extras) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "http: { services: { orders: { loadBalancer: { servers: [",
                "  { url: \"http://a:1\" }, { url: \"http://b:1\" } ] } } } }",
                "evenkeel:",
                "  services:",
                "    orders:"));
    Arrays.stream(extras).forEach(line -> lines.add("      " + line));
    return Loads.file(folder, lines.toArray(String[]::new));
  }

  private HealthRulesSpec rules(String... extras) {
    return orders(extras).service().extras().health();
  }

  @Test
  void extras_absent_areTraefiksRules() {
    assertThat(rules("healthCheck: { healthyThreshold: 1 }")).isEqualTo(HealthRulesSpec.DEFAULT);
  }

  @Test
  void thresholds_given_areTaken() {
    HealthRulesSpec rules = rules("healthCheck: { healthyThreshold: 2, unhealthyThreshold: 3 }");

    assertThat(rules.healthyThreshold()).isEqualTo(2);
    assertThat(rules.unhealthyThreshold()).isEqualTo(3);
  }

  @Test
  void fenced_serversOfTheService_areTaken() {
    assertThat(rules("fenced: [ \"http://b:1\" ]").fenced()).containsExactly("http://b:1");
  }

  @Test
  void values_outOfRange_areEachSaid() {
    Loads loads =
        orders(
            "healthCheck: { healthyThreshold: 0, unhealthyThreshold: many, rise: 2 }",
            "fenced: [ \"http://c:1\", \"http://a:1\" ]");

    assertThat(loads.lines())
        .containsExactly(
            at(6, "healthCheck.healthyThreshold: 0 (expected: integer 1..1000)"),
            at(6, "healthCheck.unhealthyThreshold: many (expected: integer 1..1000)"),
            at(
                6,
                "healthCheck.rise: unknown key (expected: one of healthyThreshold,"
                    + " unhealthyThreshold)"),
            at(
                7,
                "fenced[0]: http://c:1: no such server (expected: one of http://a:1, http://b:1)"));
  }

  private static String at(int line, String text) {
    return "balance.yml:" + line + " evenkeel.services.orders." + text;
  }
}
