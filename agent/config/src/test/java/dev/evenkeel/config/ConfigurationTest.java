package dev.evenkeel.config;

import static dev.evenkeel.config.Loads.servers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void nothingGiven_isUsableAndSaysHowToGiveSomething() {
    Configuration loaded = Loads.nothing().load();

    assertThat(loaded.isUsable()).isTrue();
    assertThat(loaded.lines())
        .containsExactly(
            "nothing to balance: no configuration (expected: evenkeel.config=<file>, or"
                + " evenkeel.services.<name>=<urls>)");
  }

  @Test
  void fileWithoutServices_isUsableAndSaysSo() {
    assertThat(Loads.file(folder, "htpp: { services: {} }").lines())
        .containsExactly("balance.yml: nothing to balance: no service (expected: http.services)");
  }

  @Test
  void shorthand_fromEachSource_givesAService() {
    Loads loads =
        Loads.nothing()
            .property("services.Orders", " 3*http://10.0.0.1:8080 , http://10.0.0.2:8080")
            .environment("EVENKEEL_SERVICES_STOCK_EU", "http://c:1")
            .arguments("services.api.example.com=2*http://d:1,https://e");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.load().spec().services().stream().map(Object::toString))
        .anyMatch(text -> text.contains("name=stock-eu"))
        .anyMatch(text -> text.contains("name=Orders"))
        .anyMatch(text -> text.contains("name=api.example.com"))
        .hasSize(3);
  }

  @Test
  void shorthand_withBadParts_saysEveryOne() {
    String key = "evenkeel.services.orders http.services.orders.loadBalancer.servers";

    assertThat(Loads.nothing().property("services.orders", "x*http://a, 2*, -1*http://b").lines())
        .containsExactlyInAnyOrder(
            key + "[0].weight: x (expected: integer 0..65535)",
            key + "[1].url: \"\" (expected: URL such as http://10.0.0.1:8080 or https://host)",
            key + "[2].weight: -1 (expected: integer 0..65535)");
  }

  @Test
  void shorthand_overAFile_replacesTheServersAndKeepsTheRest() {
    Loads loads =
        Loads.balancer(folder, "healthCheck: { path: /health }")
            .property("services.orders", "http://b:1, http://c:1");

    assertThat(servers(loads.service())).containsExactly("1*http://b:1", "1*http://c:1");
    assertThat(loads.service().healthCheck().path()).isEqualTo("/health");
  }

  @Test
  void property_overAFile_winsKeyByKey() {
    Loads loads =
        Loads.balancer(folder, "HealthCheck: { Path: /old, interval: 10s }")
            .property("http.services.orders.loadBalancer.healthCheck.path", "/new")
            .property("HTTP.services.orders.loadbalancer.SERVERS[0].weight", "7")
            .property("http.services.orders.loadBalancer.servers[1].url", "http://b:1")
            .property("http.services.orders.loadBalancer.healthCheck.headers.X.Y", "1")
            .property("http.services.orders.loadBalancer.sticky.cookie", "true");

    assertThat(loads.service().healthCheck().path()).isEqualTo("/new");
    assertThat(loads.service().healthCheck().interval()).hasSeconds(10);
    assertThat(loads.service().healthCheck().headers()).containsEntry("X.Y", "1");
    assertThat(loads.service().sticky()).isNotNull();
    assertThat(servers(loads.service())).containsExactly("7*http://a:1", "1*http://b:1");
  }

  @Test
  void property_overABadValueOfTheFile_repairsIt() {
    Loads loads =
        Loads.balancer(folder, "passHostHeader: maybe")
            .property("http.services.orders.loadBalancer.passHostHeader", "false");

    assertThat(loads.service().passHostHeader()).isFalse();
  }

  @Test
  void traefikKey_fromArgumentPropertyAndEnvironment_hasTheirPrecedence() {
    Loads loads = Loads.nothing().environment("EVENKEEL_SERVICES_ORDERS", "http://env:1");

    assertThat(servers(loads.service())).containsExactly("1*http://env:1");
    loads.property("services.orders", "http://property:1");
    assertThat(servers(loads.service())).containsExactly("1*http://property:1");
    loads.property("http.services.orders.loadBalancer.servers[0].weight", "2");
    assertThat(servers(loads.service())).containsExactly("2*http://property:1");
    loads.arguments("services.orders=http://argument:1");
    assertThat(servers(loads.service())).containsExactly("1*http://argument:1");
    loads.arguments(
        "http.services.orders.loadBalancer.servers[0].weight=3,services.orders=http://argument:1");
    assertThat(servers(loads.service())).containsExactly("3*http://argument:1");
  }

  @Test
  void property_ofAServiceWithDots_findsWhereItsNameEnds() {
    Loads loads =
        Loads.nothing()
            .property("http.services.api.example.com.loadBalancer.servers[0].url", "http://a:1");

    assertThat(loads.service().name()).isEqualTo("api.example.com");
  }

  @Test
  void property_thatLeavesAGap_isOneProblem() {
    String text = "no value (expected: block with url, weight, preservePath, fenced)";

    assertThat(
            Loads.balancer(folder, "")
                .property("http.services.orders.loadBalancer.servers[3].url", "http://b:1")
                .lines())
        .containsExactly(
            "evenkeel.http.services.orders.loadBalancer.servers[3].url"
                + " http.services.orders.loadBalancer.servers[1]: "
                + text);
  }

  @Test
  void placeholder_withinAnother_isAProblem() {
    assertThat(
            Loads.balancer(folder, "healthCheck: { path: '${env:A:-${env:B:-/health}}' }")
                .environment("B", "/b")
                .lines())
        .containsExactly(
            at(6, "path", "${env:A:-${env:B:-/health}} (expected: no placeholder within another)"));
  }

  @Test
  void property_thatIsUnknown_isAProblemWithTheNearest() {
    String service = "http.services.orders.";
    Loads loads =
        Loads.balancer(folder, "")
            .property(service + "loadBalancer.servers[x].url", "http://b:1")
            .property(service + "loadBalancr.healthCheck.path", "/x")
            .property(service + "loadBalancer.healthCheck.interval", "soon");

    assertThat(loads.lines())
        .containsExactlyInAnyOrder(
            "evenkeel."
                + service
                + "loadBalancer.servers[x].url "
                + service
                + "loadBalancer.servers: a block (expected: list)",
            "evenkeel."
                + service
                + "loadBalancr.healthCheck.path "
                + service
                + "loadBalancr: unknown key (did you mean: loadBalancer?)",
            "evenkeel."
                + service
                + "loadBalancer.healthCheck.interval: soon (expected: duration such as 10s, 1m30s"
                + " or 300ms; a bare number counts seconds)");
  }

  @Test
  void placeholders_inValues_areFilledInOnce() {
    Loads loads =
        Loads.balancer(
                folder,
                "healthCheck:",
                "  path: ${env:BASE}/health${sys:suffix:-?x=1}",
                "  interval: ${env:UNSET:-7}",
                "  hostname: ${env:EMPTY:-h}",
                "  method: ${env:INNER}",
                "  headers: { X: '${OTHER} $${env:BASE}' }")
            .environment("BASE", "/b")
            .environment("EMPTY", "")
            .environment("INNER", "M$");

    assertThat(loads.service().healthCheck().path()).isEqualTo("/b/health?x=1");
    assertThat(loads.service().healthCheck().interval()).hasSeconds(7);
    assertThat(loads.service().healthCheck().hostname()).isEqualTo("h");
    assertThat(loads.service().healthCheck().method()).isEqualTo("M$");
    assertThat(loads.service().healthCheck().headers()).containsEntry("X", "${OTHER} $/b");
  }

  @Test
  void placeholder_whoseValueHoldsAnother_isNotSearchedAgain() {
    Loads loads =
        Loads.balancer(folder, "healthCheck: { headers: { X: '${sys:outer}' } }")
            .system("outer", "${env:INNER}")
            .environment("INNER", "no");

    assertThat(loads.service().healthCheck().headers()).containsEntry("X", "${env:INNER}");
  }

  @Test
  void placeholders_inAShorthand_mayHoldTheWholeList() {
    Loads loads =
        Loads.nothing()
            .property("services.orders", "${env:LIST}")
            .environment("LIST", "2*http://a,http://b");

    assertThat(servers(loads.service())).containsExactly("2*http://a", "1*http://b");
  }

  @Test
  void placeholders_thatCannotBeFilledIn_areProblems() {
    assertThat(
            Loads.balancer(
                    folder,
                    "healthCheck:",
                    "  path: ${env:NOPE}",
                    "  hostname: ${sys:nope}",
                    "  method: ${env:OPEN",
                    "  scheme: ${env:}")
                .lines())
        .containsExactly(
            at(
                7,
                "path",
                "${env:NOPE} (expected: a set environment variable, or" + " ${env:NOPE:-default})"),
            at(
                8,
                "hostname",
                "${sys:nope} (expected: a set system property, or" + " ${sys:nope:-default})"),
            at(9, "method", "${env:OPEN (expected: a closing })"),
            at(
                10,
                "scheme",
                "${env:} (expected: a set environment variable, or" + " ${env::-default})"));
  }

  @Test
  void secrets_inProblems_areNotShown() {
    Loads loads =
        Loads.file(
                folder,
                "http:",
                "  services:",
                "    orders:",
                "      loadBalancer:",
                "        servers:",
                "          - url: ftp://joe:p@ss,w/rd@host",
                "          - url: ${env:SECRET_URL}",
                "            weight: ${env:SECRET}",
                "        passHostHeader: ${sys:secret}")
            .environment("SECRET_URL", "nonsense hunter2")
            .environment("SECRET", "hunter2")
            .system("secret", "hunter2")
            .property("services.stock", "x*http://joe:hunter2@a, ${env:SECRET}");

    List<String> lines = loads.lines();

    assertThat(lines)
        .hasSize(7)
        .noneMatch(line -> line.contains("hunter2"))
        .noneMatch(line -> line.contains("joe") || line.contains("p@ss") || line.contains("w/rd"))
        .anyMatch(line -> line.contains(" ftp://***@host (expected"))
        .anyMatch(line -> line.contains(" ${env:SECRET_URL} (expected"))
        .anyMatch(line -> line.contains(" ${sys:secret} (expected"));
  }

  @Test
  void serviceOption_asAProperty_winsOverTheFile() {
    Loads loads =
        Loads.file(
                folder,
                "http: { services: { shop.orders: { loadBalancer: { strategy: hrw, servers: [",
                "  { url: \"http://a:1\" }, { url: \"http://b:1\" } ] } } } }",
                "evenkeel: { services: { shop.orders: { slowStart: 10s, panicThreshold: 20 } } }")
            .property("services.shop.orders.slowstart", "30s")
            .property("services.shop.orders.fenced", "http://a:1")
            .property("services.shop.orders.drained[0].url", "http://b:1")
            .property("services.shop.orders.drained[0].within", "5s")
            .arguments("services.shop.orders.hash.key=header:X-Tenant");

    ExtrasSpec extras = loads.service().extras();
    assertThat(extras.health().slowStart()).hasSeconds(30);
    assertThat(extras.health().panicPercent()).isEqualTo(20);
    assertThat(extras.health().fenced()).containsExactly("http://a:1");
    assertThat(extras.health().drained()).isEqualTo(Map.of("http://b:1", Duration.ofSeconds(5)));
    assertThat(extras.hash()).isEqualTo(KeySpec.parse("header:X-Tenant"));
  }

  @Test
  void serviceOption_besideTheShorthand_needsNoFile() {
    Loads loads =
        Loads.nothing()
            .property("services.orders", "http://a:1")
            .property("services.orders.dns.interval", "5s");

    assertThat(loads.service().extras().lookUpInterval()).hasSeconds(5);
  }

  @Test
  void shorthand_ofANameThatEndsAsABlockDoes_isAService() {
    assertThat(Loads.nothing().property("services.shop.dns", "http://a:1").service().name())
        .isEqualTo("shop.dns");
  }

  @ParameterizedTest
  @CsvSource({
    "orders.fence, orders.fenced",
    "shop.orders.Slowstrat, shop.orders.slowStart",
    "orders.panicTreshold, orders.panicThreshold",
    "orders.hash.kye, orders.hash.key",
    "orders.drained[0].ulr, orders.drained[0].url",
    "orders.fenecd[0], orders.fenced",
  })
  void serviceOption_misspelt_isNoServiceButRefusedWithTheNearest(String key, String nearest) {
    Loads loads =
        Loads.nothing()
            .property("services.orders", "http://a:1")
            .property("services." + key, "http://a:1");

    assertThat(loads.load().isUsable()).isFalse();
    assertThat(loads.load().lines())
        .containsExactly(
            "evenkeel.services.%s: unknown option (did you mean: services.%s? A service of this name has to be given as http.services.%1$s)"
                .formatted(key, nearest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders.prod.svc.cluster.local",
        "api.example.com",
        "orders.internal",
        "orders.dns",
        "10.0.0.1",
        "orders.sticky",
        "orders.health",
        "orders.stock-eu.test",
      })
  void serviceName_withDots_isPossible(String name) {
    assertThat(Loads.nothing().property("services." + name, "http://a:1").service().name())
        .isEqualTo(name);
  }

  @Test
  void serviceName_likeAnOption_isPossibleByItsTraefikKeys() {
    Loads loads =
        Loads.nothing()
            .property("http.services.orders.fence.loadBalancer.servers[0].url", "http://a:1");

    assertThat(loads.service().name()).isEqualTo("orders.fence");
  }

  @Test
  void serviceOption_ofNoService_isAProblem() {
    assertThat(Loads.nothing().property("services.orders.slowStart", "5s").load().lines())
        .containsExactly(
            "evenkeel.services.orders.slowStart evenkeel.services.orders: no such service (there is"
                + " none)");
  }

  @Test
  void problems_ofFileAndProperties_areSortedByLine() {
    Loads loads =
        Loads.file(
                folder,
                "http:",
                "  services:",
                "    orders:",
                "      loadBalancer:",
                "        strategi: wrr",
                "        servers: [ { url: 'http://a' , weight: -2 } ]",
                "      extra: 1")
            .property("http.services.orders.loadBalancer.passHostHeader", "maybe");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:5 http.services.orders.loadBalancer.strategi: unknown key (did you mean:"
                + " strategy?)",
            "balance.yml:6 http.services.orders.loadBalancer.servers[0].weight: -2 (expected:"
                + " integer 0..65535)",
            "balance.yml:7 http.services.orders.extra: unknown key (expected: one of loadBalancer,"
                + " weighted, highestRandomWeight, mirroring, failover, middlewares)",
            "evenkeel.http.services.orders.loadBalancer.passHostHeader: maybe (expected: true or"
                + " false)");
    assertThat(Problem.count(loads.load().problems())).isEqualTo("4 problems");
  }

  private static String at(int line, String key, String text) {
    return "balance.yml:"
        + line
        + " http.services.orders.loadBalancer.healthCheck."
        + key
        + ": "
        + text;
  }
}
