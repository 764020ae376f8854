package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.spec.SaturationSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void dns_given_isTakenAndElseOff() {
    assertThat(orders("dns: {}").service().extras().lookUpInterval()).hasSeconds(30);
    assertThat(orders("dns: true").service().extras().lookUpInterval()).hasSeconds(30);
    assertThat(orders("dns: { interval: 5m }").service().extras().lookUpInterval()).hasMinutes(5);
    assertThat(orders("slowStart: 1s").service().extras().lookUpInterval()).isNull();
  }

  @Test
  void dns_tooOften_isRefused() {
    assertThat(orders("dns: { interval: 999ms }").lines())
        .containsExactly(at(6, "dns.interval: 999ms (expected: 1s or more)"));
  }

  @Test
  void drained_serversOfTheService_areTakenWithTheirTimes() {
    HealthRulesSpec rules =
        rules("drained: [ { url: \"http://b:1\", within: 90s }, { url: \"http://a:1\" } ]");

    assertThat(rules.drained())
        .isEqualTo(
            Map.of("http://b:1", Duration.ofSeconds(90), "http://a:1", Duration.ofMinutes(10)));
    assertThat(rules.fenced()).isEmpty();
  }

  @Test
  void drained_wrong_isEachSaid() {
    Loads loads =
        orders(
            "fenced: [ \"http://b:1\" ]",
            "drained:",
            "  - { url: \"http://c:1\" }",
            "  - { within: 1m }",
            "  - { url: \"http://a:1\", within: -1s }",
            "  - { url: \"http://b:1\" }",
            "  - { url: \"http://a:1\" }",
            "  - { url: \"http://a:1\" }",
            "  - { url: \"http://a:1\", until: noon }");

    assertThat(loads.lines())
        .containsExactly(
            at(
                8,
                "drained[0].url: http://c:1: no such server (expected: one of http://a:1, http://b:1)"),
            at(9, "drained[1]: no url (expected: URL of a server)"),
            at(10, "drained[2].within: -1s (expected: 0s or more)"),
            at(11, "drained[3].url: http://b:1: is fenced too (expected: fenced or drained)"),
            at(13, "drained[5].url: http://a:1: stands twice (expected: once)"),
            at(14, "drained[6].until: unknown key (expected: one of url, within)"),
            at(14, "drained[6].url: http://a:1: stands twice (expected: once)"));
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
                    + " unhealthyThreshold, weightHeader)"),
            at(
                7,
                "fenced[0]: http://c:1: no such server (expected: one of http://a:1, http://b:1)"));
  }

  @Test
  void everything_given_isTaken() {
    HealthRulesSpec rules =
        rules(
            "saturation: { status: [ 429, 503 ], duration: 2s }",
            "slowStart: 30s",
            "ejection: { maxPercent: 30 }",
            "panicThreshold: 40",
            "healthCheck: { weightHeader: X-Weight }");

    assertThat(rules)
        .isEqualTo(
            new HealthRulesSpec(
                1,
                1,
                List.of(),
                30,
                40,
                Duration.ofSeconds(30),
                new SaturationSpec(Set.of(429, 503), Duration.ofSeconds(2)),
                "X-Weight"));
  }

  @Test
  void saturation_ofOneStatus_lastsFiveSeconds() {
    assertThat(rules("saturation: { status: 429 }").saturation())
        .isEqualTo(new SaturationSpec(Set.of(429), Duration.ofSeconds(5)));
  }

  @Test
  void load_outOfRange_isEachSaid() {
    Loads loads =
        orders(
            "saturation: { status: [ 200 ], duration: 0s }",
            "slowStart: -1s",
            "ejection: { maxPercent: 101 }",
            "panicThreshold: half",
            "healthCheck: { weightHeader: 'X Weight' }");

    assertThat(loads.lines())
        .containsExactly(
            at(6, "saturation.status[0]: 200 (expected: integer 400..599)"),
            at(6, "saturation.duration: 0s (expected: above zero)"),
            at(7, "slowStart: -1s (expected: 0s or more)"),
            at(8, "ejection.maxPercent: 101 (expected: integer 0..100)"),
            at(9, "panicThreshold: half (expected: integer 0..100)"),
            at(10, "healthCheck.weightHeader: X Weight (expected: name of an HTTP header)"));
  }

  @Test
  void saturation_withoutAStatus_isAProblem() {
    assertThat(orders("saturation: { duration: 5s }").lines())
        .containsExactly(at(6, "saturation: no status (expected: list such as [ 429 ])"));
    assertThat(orders("saturation: { status: [] }").lines())
        .containsExactly(at(6, "saturation: no status (expected: list such as [ 429 ])"));
  }

  @Test
  void weightHeader_goesToTheProber() {
    Loads loads =
        Loads.file(
            folder,
            "http: { services: { orders: { loadBalancer: { servers: [ { url: \"http://a:1\" } ],",
            "  healthCheck: { path: /health } } } } }",
            "evenkeel: { services: { orders: { healthCheck: { weightHeader: X-W } } } }");

    assertThat(loads.service().healthCheck().weightHeader()).isEqualTo("X-W");
  }

  @Test
  void passiveHealthCheck_given_isTaken() {
    assertThat(passive("failureWindow: 5s, maxFailedAttempts: 3").service().passiveHealthCheck())
        .isEqualTo(new PassiveHealthCheckSpec(Duration.ofSeconds(5), 3));
    assertThat(passive("failureWindow: 10").service().passiveHealthCheck())
        .isEqualTo(new PassiveHealthCheckSpec(Duration.ofSeconds(10), 1));
  }

  @Test
  void passiveHealthCheck_outOfRange_isSaid() {
    String place = "balance.yml:6 http.services.orders.loadBalancer.passiveHealthCheck.";

    assertThat(passive("failureWindow: 0").lines())
        .containsExactly(place + "failureWindow: 0 (expected: above zero)");
    assertThat(passive("maxFailedAttempts: 0").lines())
        .containsExactly(place + "maxFailedAttempts: 0 (expected: 1..10000; 1 is used)");
    assertThat(passive("maxFailedAttempts: 20000").lines())
        .containsExactly(place + "maxFailedAttempts: 20000 (expected: 1..10000; 10000 is used)");
  }

  private Loads passive(String options) {
    return Loads.balancer(folder, "passiveHealthCheck: { " + options + " }");
  }

  private static String at(int line, String text) {
    return "balance.yml:" + line + " evenkeel.services.orders." + text;
  }
}
