package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ServiceSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files written for Traefik: its decoding rules, and what this version does not do. */
class TraefikFileTest {
  @TempDir Path folder;

  @Test
  void file_withPartsThatAreNotEvaluated_isUsableAndSaysEachOnce() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  routers:",
            "    r1: { rule: 'Host(`api.local`)', service: orders, middlewares: 'a, b', priority: 100, tls: {} }",
            "    r2: { rule: 'Host(`b.local`)', service: orders, observability: { tracing: false } }",
            "  middlewares:",
            "    strip: { stripPrefix: { prefixes: [ /v1 ] } }",
            "  serversTransports:",
            "    t: { serverName: x, forwardingTimeouts: { dialTimeout: 5s } }",
            "  services:",
            "    orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } }",
            "tcp: { services: { t: { loadBalancer: { servers: [ { address: 'a:1' } ] } } } }",
            "udp: { services: { u: { loadBalancer: { servers: [ { address: 'a:1' } ] } } } }",
            "tls: { options: { default: { minVersion: VersionTLS12 } } }",
            "x-anything: { of: theirs }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:2 http.routers: routers are not evaluated by this version: a service"
                + " answers to its own name",
            "balance.yml:5 http.middlewares: middlewares are not applied by this version",
            "balance.yml:8 http.serversTransports.t.forwardingTimeouts.dialTimeout: for probes and"
                + " mirrors; the application's own client says how long its calls wait",
            "balance.yml:11 tcp: TCP is not balanced by this version: only http.services is",
            "balance.yml:12 udp: UDP is not balanced by this version: only http.services is",
            "balance.yml:13 tls: not applicable in a client: it is about connections that a server"
                + " takes");
    assertThat(loads.load().isUsable()).isTrue();
    assertThat(loads.load().spec().services()).hasSize(1);
  }

  /** One file with most of what Traefik has, as an operator would share it. */
  @Test
  void file_withEveryTypeOfService_saysEachPartThatIsNotDoneAndNothingElse() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  routers:",
            "    r1: { rule: \"Host(`api.local`) && PathPrefix(`/v1`)\", service: top, middlewares: [strip], priority: 100 }",
            "  middlewares:",
            "    strip: { stripPrefix: { prefixes: [\"/v1\"] } }",
            "  services:",
            "    top: { failover: { service: mix, fallback: backup, healthCheck: {}, errors: { status: [\"502-504\"], maxRequestBodyBytes: 1048576 } } }",
            "    mix: { weighted: { healthCheck: {}, sticky: { cookie: { name: lvl1 } }, services: [ {name: v1, weight: 3}, {name: v2, weight: 1} ] } }",
            "    v1:",
            "      loadBalancer:",
            "        strategy: wrr",
            "        sticky: { cookie: { name: lvl2, httpOnly: true, sameSite: lax, maxAge: 3600, path: \"/\" } }",
            "        healthCheck: { path: /health, interval: 10s, unhealthyInterval: 2s, timeout: 3s, status: 204, headers: { X-Probe: \"1\" } }",
            "        servers: [ {url: \"http://10.0.0.1:80\", weight: 2}, {url: \"http://10.0.0.2:80/base\", preservePath: true} ]",
            "    v2: { loadBalancer: { healthCheck: {path: /health}, servers: [ {url: \"http://10.0.1.1:80\"} ] } }",
            "    backup: { mirroring: { healthCheck: {}, service: v2, maxBodySize: 1024, mirrors: [ {name: shadow, percent: 10} ] } }",
            "    shadow: { loadBalancer: { servers: [ {url: \"http://10.0.9.9:80\"} ] } }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:2 http.routers: routers are not evaluated by this version: a service"
                + " answers to its own name",
            "balance.yml:4 http.middlewares: middlewares are not applied by this version");
    assertThat(loads.load().isUsable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serversTransport: mtls|serversTransport: mtls: no such servers transport (there is none)",
      })
  void loadBalancer_withWhatWouldChangeTheResult_isRefused(String yaml, String problem) {
    Configuration loaded =
        Loads.file(folder, "http: { services: { orders: { loadBalancer: {", yaml, "} } } }").load();

    assertThat(loaded.isUsable()).isFalse();
    assertThat(loaded.lines())
        .filteredOn(line -> !line.contains("no server: "))
        .singleElement()
        .asString()
        .endsWith("balance.yml:2 http.services.orders.loadBalancer." + problem);
  }

  /** Traefik takes such a file, so what it has besides goes on. */
  @Test
  void service_withMiddlewares_isLeftAloneWithThoseThatLeadToItAndNoOther() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    all: { mirroring: { service: mix } }",
            "    mix: { weighted: { services: [ { name: stock }, { name: orders } ] } }",
            "    orders:",
            "      middlewares: [ strip, retry ]",
            "      loadBalancer: { servers: [ { url: 'http://a' } ] }",
            "    stock: { middlewares: [], loadBalancer: { servers: [ { url: 'http://b' } ] } }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:3 http.services.all: leads to service mix: calls to it are left alone as"
                + " well",
            "balance.yml:4 http.services.mix: leads to service orders: calls to it are left alone"
                + " as well",
            "balance.yml:6 http.services.orders.middlewares: not supported by this version: calls to"
                + " this service are left alone (expected: none; without the key it is balanced,"
                + " and its middlewares are not applied)");
    assertThat(loads.load().isUsable()).isTrue();
    assertThat(loads.load().spec().services())
        .extracting(ServiceSpec::name)
        .containsExactly("stock");
  }

  @Test
  void service_withMiddlewaresAndAMistake_isRefused() {
    Loads loads =
        Loads.file(
            folder,
            "http: { services: { orders: { middlewares: [ a ], loadBalancer: {",
            "  servers: [ { url: 'a' } ] } } } }");

    assertThat(loads.load().isUsable()).isFalse();
    assertThat(loads.lines()).hasSize(2);
  }

  @Test
  void key_withoutAValue_countsAsAbsentAndIsNoted() {
    Loads loads = Loads.balancer(folder, "healthCheck:", "strategy:", "sticky: ~");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:6 http.services.orders.loadBalancer.healthCheck: no value: counts as"
                + " absent, as in Traefik",
            "balance.yml:8 http.services.orders.loadBalancer.sticky: no value: counts as absent, as"
                + " in Traefik (write {} for an empty block)");
    assertThat(loads.load().isUsable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "healthCheck: {}|healthCheck",
        "'healthCheck: { path: , port: }'|healthCheck",
        "passiveHealthCheck: {}|passiveHealthCheck",
        "responseForwarding: {}|responseForwarding",
      })
  void emptyBlock_whereTraefikTakesNone_isRefused(String yaml, String key) {
    assertThat(Loads.balancer(folder, yaml).lines())
        .singleElement()
        .asString()
        .startsWith(
            "balance.yml:6 http.services.orders.loadBalancer."
                + key
                + ": {} cannot be a standalone element (expected: block with ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "healthCheck: /health|healthCheck: /health (expected: block with path, scheme",
        "passHostHeader: {}|passHostHeader: a block (expected: true or false)",
        "passHostHeader: [ true ]|passHostHeader: a list (expected: true or false)",
        "servers: { url: 'http://a' }|servers: a block (expected: list)",
        "servers: http://a|servers: http://a (expected: list)",
        "healthCheck: { headers: [ a ] }|healthCheck.headers: a list (expected: block of names)",
        "responseForwarding: { flushInterval: 5x }|responseForwarding.flushInterval: 5x (expected: duration",
      })
  void value_ofAnotherShape_isRefused(String yaml, String problem) {
    Loads loads =
        Loads.file(folder, "http: { services: { orders: { loadBalancer: {", yaml, "} } } }");

    assertThat(loads.lines())
        .filteredOn(line -> !line.contains("no server: "))
        .singleElement()
        .asString()
        .startsWith("balance.yml:2 http.services.orders.loadBalancer." + problem);
  }

  @Test
  void unknownKeys_inPartsThatAreNotEvaluated_areFound() {
    assertThat(
            Loads.file(
                    folder,
                    "http:",
                    "  routers: { r: { rul: x } }",
                    "  middlewares: { m: { stripPrefx: {} } }",
                    "  servies: {}",
                    "tcp: { services: { t: { loadBalancer: { server: [] } } } }")
                .lines())
        .contains(
            "balance.yml:2 http.routers.r.rul: unknown key (did you mean: rule?)",
            "balance.yml:3 http.middlewares.m.stripPrefx: unknown key (did you mean: stripPrefix?)",
            "balance.yml:4 http.servies: unknown key (did you mean: services?)",
            "balance.yml:5 tcp.services.t.loadBalancer.server: unknown key (did you mean: servers?)");
  }
}
