package dev.evenkeel.config;

import static dev.evenkeel.config.Loads.servers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a b", "orders:80", "orders@file", "${env:NAME}", "gr\u00f6sse"})
  void name_thatNoCallCanHave_isNotedAndTheServiceKept(String name) {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    '" + name + "': { loadBalancer: { servers: [ { url: 'http://a' } ] } }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:3 http.services."
                + name
                + ": no call can name it (expected: a host name: letters, digits, . - _)");
    assertThat(loads.load().spec().services()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders",
        "My_Orders-2.example",
        "10.0.0.1",
        "a.",
        "[::1]",
        "::1",
        "fe80::1.2.3.4"
      })
  void name_ofAHost_isTaken(String name) {
    assertThat(Loads.nothing().property("services." + name, "http://a").lines()).isEmpty();
  }

  @Test
  void servers_thatAreAllWrong_areNotCalledNone() {
    assertThat(Loads.nothing().property("http.services.o.loadBalancer.servers[0]", "x").lines())
        .singleElement()
        .asString()
        .contains("servers[0]: x (expected: block with url");
  }

  @Test
  void loadBalancer_withAUrlOnly_hasTraefiksDefaults() {
    LoadBalancerSpec service = Loads.balancer(folder, "").service();

    assertThat(service.name()).isEqualTo("orders");
    assertThat(servers(service)).containsExactly("1*http://a:1");
    assertThat(service.sticky()).isNull();
    assertThat(service.healthCheck()).isNull();
    assertThat(service.passHostHeader()).isTrue();
  }

  @Test
  void loadBalancer_withEverythingGiven_takesIt() {
    LoadBalancerSpec service =
        Loads.file(
                folder,
                "http:",
                "  services:",
                "    Orders:",
                "      LoadBalancer:",
                "        servers:",
                "          - url: http://10.0.0.1:8080",
                "            weight: 3.0",
                "            preservePath: false",
                "          - { url: 'https://[::1]', Weight: 0 }",
                "        strategy: wrr",
                "        passhostheader: False",
                "        responseForwarding: { flushInterval: 100 }",
                "        sticky: { cookie: {} }",
                "        healthCheck: { path: /health }")
            .service();

    assertThat(service.name()).isEqualTo("Orders");
    assertThat(servers(service)).containsExactly("3*http://10.0.0.1:8080", "0*https://[::1]");
    assertThat(service.passHostHeader()).isFalse();
    assertThat(service.sticky()).isNotNull();
    assertThat(service.healthCheck()).isNotNull();
  }

  /** Java reads it as a 1. */
  @Test
  void weight_inDigitsOfAnotherScript_isRefused() {
    assertThat(listing("{ url: 'http://a', weight: \u0661 }").lines())
        .singleElement()
        .asString()
        .endsWith("weight: \u0661 (expected: integer 0..65535)");
  }

  @Test
  void loadBalancer_withBadServers_saysEveryOne() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    orders:",
            "      loadBalancer:",
            "        servers:",
            "          - url: http://a:1",
            "            weight: -2",
            "          - url: ftp://b",
            "          - url: not a url",
            "          - url: ''",
            "          - weight: 1.5",
            "          -",
            "          - text",
            "          - url: http://a:1",
            "            weight: 65536");

    assertThat(loads.lines())
        .containsExactly(
            at(7, "[0].weight", "-2 (expected: integer 0..65535)"),
            at(
                8,
                "[1].url",
                "ftp://b (expected: URL such as http://10.0.0.1:8080 or https://host)"),
            at(
                9,
                "[2].url",
                "not a url (expected: URL such as http://10.0.0.1:8080 or https://host)"),
            at(10, "[3].url", "\"\" (expected: URL such as http://10.0.0.1:8080 or https://host)"),
            at(11, "[4].weight", "1.5 (expected: integer 0..65535)"),
            at(11, "[4]", "no url (expected: URL such as http://10.0.0.1:8080 or https://host)"),
            at(12, "[5]", "no value (expected: block with url, weight, preservePath, fenced)"),
            at(13, "[6]", "text (expected: block with url, weight, preservePath, fenced)"),
            at(15, "[7].weight", "65536 (expected: integer 0..65535)"));
    assertThat(loads.load().spec().services()).isEmpty();
  }

  @Test
  void servers_emptyOrAbsent_areAcceptedAndNoted() {
    for (String servers : new String[] {"servers: []", "passHostHeader: true"}) {
      Configuration loaded =
          Loads.file(folder, "http: { services: { orders: { loadBalancer: { " + servers + " }}}}")
              .load();

      assertThat(loaded.isUsable()).isTrue();
      assertThat(loaded.problems())
          .singleElement()
          .extracting(Problem::text)
          .isEqualTo("no server: calls to this service will fail with \"no server available\"");
      assertThat(loaded.spec().services())
          .singleElement()
          .extracting(ServiceSpec::name)
          .isEqualTo("orders");
    }
  }

  @Test
  void urls_byH2c_areTakenAndNotedOnceForTheService() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    orders:",
            "      loadBalancer:",
            "        servers: [ { url: 'h2c://a:1' }, { url: 'http://a:1' }, { url: 'H2C://b' } ]");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:5 http.services.orders.loadBalancer.servers: h2c: by clients that speak"
                + " HTTP/2 without TLS (OkHttp, HttpClient 5 asynchronous); java.net.http asks for"
                + " it by Upgrade, all others speak HTTP/1.1");
    LoadBalancerSpec service = (LoadBalancerSpec) loads.load().spec().services().get(0);
    assertThat(service.servers()).extracting(ServerSpec::isH2c).containsExactly(true, false, true);
    assertThat(service.servers())
        .extracting(ServerSpec::url)
        .containsExactly("h2c://a:1", "http://a:1", "H2C://b");
  }

  @Test
  void url_listedTwice_getsBothShares() {
    LoadBalancerSpec service =
        Loads.nothing()
            .property("services.orders", "2*http://a:1, http://b:1, http://a:1")
            .service();

    assertThat(servers(service)).containsExactly("3*http://a:1", "1*http://b:1");
  }

  @Test
  void urls_thatAreWrittenDifferently_areServersOfTheirOwn() {
    LoadBalancerSpec service =
        Loads.nothing().property("services.orders", "http://a:80, http://a, http://a/").service();

    assertThat(servers(service)).containsExactly("1*http://a:80", "1*http://a", "1*http://a/");
  }

  @Test
  void preservePath_inTheFileAndAsAProperty_isTheServers() {
    LoadBalancerSpec service =
        listing("{ url: 'http://a/b%2Fc/', preservePath: true }, { url: 'http://b/d' }")
            .property("http.services.orders.loadBalancer.servers[1].preservePath", "true")
            .property("http.services.orders.loadBalancer.servers[2].url", "http://c/e")
            .service();

    assertThat(service.servers()).extracting(ServerSpec::path).containsExactly("/b%2Fc", "/d", "");
    assertThat(servers(service))
        .containsExactly("1*http://a/b%2Fc/", "1*http://b/d", "1*http://c/e");
  }

  @Test
  void url_listedWithAndWithoutItsPath_isAProblem() {
    assertThat(listing("{ url: 'http://a/b', preservePath: true }, { url: 'http://a/b' }").lines())
        .containsExactly(
            "balance.yml:2 http.services.orders.loadBalancer.servers: http://a/b with and without"
                + " preservePath (expected: one of the two for a URL)");
  }

  private Loads listing(String servers) {
    return Loads.file(
        folder,
        "http: { services: { orders: { loadBalancer: {",
        "servers: [ " + servers + " ] } } } }");
  }

  @Test
  void url_listedUntilTheWeightOverflows_isAProblem() {
    String list = String.join(",", java.util.Collections.nCopies(300, "65535*http://a:1"));

    assertThat(Loads.nothing().property("services.orders", list).lines())
        .containsExactly(
            "evenkeel.services.orders http.services.orders.loadBalancer.servers: weight: 16777216"
                    .replace("16777216", "16842495")
                + " (expected: integer 0..16777216)");
  }

  @Test
  void services_whoseNamesDifferInCaseOnly_areAProblem() {
    assertThat(
            Loads.file(
                    folder,
                    "http:",
                    "  services:",
                    "    orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } }",
                    "    Orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } }")
                .lines())
        .containsExactly(
            "balance.yml:4 http.services.Orders: differs from service orders in case only"
                + " (expected: names that differ as host names do)");
  }

  @Test
  void service_ofNoTypeOrOfTwo_isAProblem() {
    assertThat(
            Loads.file(
                    folder,
                    "http:",
                    "  services:",
                    "    none: { middlewares: [] }",
                    "    two:",
                    "      loadBalancer: { servers: [ { url: 'http://a' } ] }",
                    "      weighted: { services: [ { name: none } ] }")
                .lines())
        .containsExactly(
            "balance.yml:3 http.services.none: no type defined (expected: one of loadBalancer,"
                + " weighted, highestRandomWeight, mirroring, failover)",
            "balance.yml:4 http.services.two: more than one type: loadBalancer, weighted (expected:"
                + " one type; declare two services instead)");
  }

  private static String at(int line, String key, String text) {
    return "balance.yml:" + line + " http.services.orders.loadBalancer.servers" + key + ": " + text;
  }
}
