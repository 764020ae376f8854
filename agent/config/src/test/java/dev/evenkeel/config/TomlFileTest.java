package dev.evenkeel.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TOML beside YAML: the same messages, and what only TOML has. */
class TomlFileTest {
  @TempDir Path folder;

  @Test
  void file_withEveryFormOfTable_isRead() {
    Loads loads =
        Loads.toml(
            folder,
            "# every form that a table has",
            "http.services.\"orders.example\".loadBalancer.passHostHeader = false",
            "[http.services.\"orders.example\".loadBalancer.HealthCheck]",
            "  path = '/health'",
            "  interval = 7              # a bare number counts seconds",
            "  timeout = \"300ms\"",
            "  headers = { X-Number = 17, \"X-Text\" = \"\"\"",
            "a b\"\"\" }",
            "[[http.services.\"orders.example\".loadBalancer.servers]]",
            "  url = \"http://a:1\"",
            "  weight = 1_0",
            "[[http.services.\"orders.example\".loadBalancer.servers]]",
            "  url = \"${sys:spare:-http://b:1}\"",
            "  weight = 0x2",
            "[[http.services.\"orders.example\".loadBalancer.servers]]",
            "  url = \"http://c:1\"",
            "  weight = 3.0",
            "[evenkeel.services.\"orders.example\"]",
            "  slowStart = \"30s\"",
            "[evenkeel]",
            "  \"log.level\" = \"debug\"",
            "[evenkeel.log]",
            "  files = 5",
            "[x-anything]",
            "  since = 1979-05-27");

    assertThat(loads.lines()).isEmpty();
    LoadBalancerSpec service = loads.service();
    assertThat(service.name()).isEqualTo("orders.example");
    assertThat(Loads.servers(service))
        .containsExactly("10*http://a:1", "2*http://b:1", "3*http://c:1");
    assertThat(service.passHostHeader()).isFalse();
    assertThat(service.healthCheck().path()).isEqualTo("/health");
    assertThat(service.healthCheck().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(service.healthCheck().timeout()).isEqualTo(Duration.ofMillis(300));
    assertThat(service.healthCheck().headers())
        .containsEntry("X-Number", "17")
        .containsEntry("X-Text", "a b");
    assertThat(loads.load().settings().get("log.level")).isEqualTo("debug");
    assertThat(loads.load().settings().get("log.files")).isEqualTo("5");
  }

  @Test
  void problems_areSaidAsOfYaml() {
    Loads loads =
        Loads.toml(
            folder,
            "[http.services.orders.loadBalancer]",
            "strategi = \"wrr\"",
            "passHostHeader = 2",
            "healthCheck = {}",
            "[[http.services.orders.loadBalancer.servers]]",
            "url = \"http://a:1\"",
            "weight = -2",
            "[[http.services.orders.loadBalancer.servers]]",
            "url = \"${env:NOT_SET}\"",
            "weight = 1.5",
            "[http.services.orders.loadBalancer.sticky]",
            "cookie = []",
            "[HTTP]");

    assertThat(loads.lines())
        .containsExactly(
            "balance.toml:2 http.services.orders.loadBalancer.strategi: unknown key (did you mean:"
                + " strategy?)",
            "balance.toml:3 http.services.orders.loadBalancer.passHostHeader: 2 (expected: true or"
                + " false)",
            "balance.toml:4 http.services.orders.loadBalancer.healthCheck: {} cannot be a"
                + " standalone element (expected: block with path, scheme, mode, hostname, port,"
                + " method, status, interval, unhealthyInterval, timeout, followRedirects,"
                + " headers)",
            "balance.toml:7 http.services.orders.loadBalancer.servers[0].weight: -2 (expected:"
                + " integer 0..65535)",
            "balance.toml:9 http.services.orders.loadBalancer.servers[1].url: ${env:NOT_SET}"
                + " (expected: a set environment variable, or ${env:NOT_SET:-default})",
            "balance.toml:10 http.services.orders.loadBalancer.servers[1].weight: 1.5 (expected:"
                + " integer 0..65535)",
            "balance.toml:12 http.services.orders.loadBalancer.sticky.cookie: a list (expected:"
                + " block with name, secure, httpOnly, sameSite, maxAge, path, domain)",
            "balance.toml:13 http: given twice (expected: once; case does not matter)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|balance.toml: empty (expected: a configuration, such as http.services)",
        "'# only a comment\n'|balance.toml: empty (expected: a configuration, such as"
            + " http.services)",
        "'http.services = 3'|balance.toml:1 http.services: 3 (expected: block of names)",
        "'[http]\nservices = [\n'|balance.toml:3: not valid TOML, column 1: Unexpected end of"
            + " input, expected ] or a value; the array opened at line 2, column 12 is unclosed",
        "'[http]\n[http]\n'|balance.toml:2: not valid TOML, column 1: http previously defined at"
            + " line 1, column 1",
        "'http = {}\n[http.services]\n'|balance.toml:2: not valid TOML, column 1: http is an inline"
            + " table (defined at line 1, column 8) and cannot be extended",
        "'http.x = 1\nhttp.x = 2\n'|balance.toml:2: not valid TOML, column 1: http.x previously"
            + " defined at line 1, column 1",
        "'[evenkeel.log]\nlevel = 1979-05-27\n'|balance.toml:2 evenkeel.log.level: 1979-05-27: a"
            + " date or a time (expected: text, in quotes)",
        "'[http]\n# {{ range until 3 }}\n'|balance.toml:2: {{: Go templates are not supported"
            + " (expected: plain TOML; ${env:NAME} is filled in)",
      })
  void file_thatIsBroken_saysItsLine(String text, String problem) {
    Loads loads = Loads.toml(folder, text);

    assertThat(loads.lines()).contains(problem);
    assertThat(loads.load().isUsable()).isFalse();
  }

  @Test
  void file_brokenInSeveralPlaces_saysEach() {
    assertThat(Loads.toml(folder, "[http", "services", "x = = 1", "y = 2").lines())
        .containsExactly(
            "balance.toml:1: not valid TOML, column 6: Unexpected end of line, expected ]",
            "balance.toml:2: not valid TOML, column 9: Unexpected end of line, expected . or =",
            "balance.toml:3: not valid TOML, column 5: Unexpected '=', expected a value");
  }

  @Test
  void file_thatIsNoTomlAtAll_saysTheFirstTwentyPlaces() {
    assertThat(Loads.toml(folder, "not toml\n".repeat(100)).lines())
        .hasSize(21)
        .last()
        .isEqualTo(
            "balance.toml:21: not valid TOML, here and in 79 further places, of which no more is"
                + " said");
  }

  @Test
  void tables_thatNestWithoutEnd_areOneProblem() {
    assertThat(Loads.toml(folder, "a = " + "[".repeat(100_000)).lines())
        .singleElement()
        .asString()
        .startsWith("balance.toml:1: not valid TOML, column 56: Nesting is too deep");
  }

  @Test
  void file_thatIsHuge_isOneProblem() {
    assertThat(Loads.toml(folder, "#".repeat(1 << 20), "").lines())
        .containsExactly("balance.toml: too large (expected: at most 1048576 bytes)");
  }

  @Test
  void file_withByteOrderMarkAndCarriageReturns_isRead() {
    Loads loads =
        Loads.toml(
            folder,
            "\ufeff[http.services.orders.loadBalancer]\r",
            "  servers = [ { url = 'http://a:1' },\r",
            "    { url = 'http://b:1' } ]\r",
            "");

    assertThat(Loads.servers(loads.service())).containsExactly("1*http://a:1", "1*http://b:1");
  }

  @Test
  void property_overTheFile_winsKeyByKey() {
    Loads loads =
        Loads.toml(
                folder,
                "[http.services.orders.loadBalancer]",
                "servers = [ { url = 'http://a:1', weight = 2 }, { url = 'http://b:1' } ]")
            .property("http.services.orders.loadBalancer.servers[1].weight", "7")
            .property("services.orders.slowStart", "5s");

    assertThat(Loads.servers(loads.service())).containsExactly("2*http://a:1", "7*http://b:1");
    assertThat(loads.service().extras().health().slowStart()).isEqualTo(Duration.ofSeconds(5));
  }

  @Property(tries = 500)
  void arbitraryBytes_areAConfigurationOrProblems(@ForAll byte @Size(max = 200) [] bytes)
      throws Exception {
    Loads.orSaysWhy(".toml", bytes);
  }

  @Property(tries = 1000)
  void arbitraryToml_isAConfigurationOrProblems(@ForAll("fragments") List<String> fragments)
      throws Exception {
    Loads.orSaysWhy(".toml", String.join("", fragments).getBytes(UTF_8));
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    String words =
        "http services orders loadBalancer servers url weight sticky cookie healthCheck path"
            + " headers interval evenkeel log level [[ ]] [ ] { } , . = _=_ \" ' \"\"\" ''' # ${env:"
            + " ${sys:x} } \\u00e9 \\ true 1 -2 1.5 1e9 inf nan 0x1F 1_0 http://a 10s 1979-05-27"
            + " 07:32:00";
    List<String> all = new ArrayList<>(List.of(words.replace('_', ' ').split(" ")));
    all.addAll(List.of("\n", "\n", "\r\n", " ", "= ", "\t", "\u00e9", "\n[http.services.orders"));
    return Arbitraries.of(all).list().ofMaxSize(60);
  }
}
