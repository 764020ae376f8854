package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.StatusRange;
import dev.evenkeel.balancer.spec.StrategySpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceKindReaderTest {
  private static final String A = "    a: { loadBalancer: { servers: [ { url: 'http://a' } ] } }";

  @TempDir Path folder;

  private Loads services(String... lines) {
    return Loads.file(folder, "http:", "  services:", A, String.join("\n", lines).indent(4));
  }

  @Test
  void weighted_full_isRead() {
    Loads loads =
        services(
            "top:",
            "  weighted:",
            "    healthCheck: false",
            "    sticky: { cookie: { name: lvl1 } }",
            "    services: [ { name: a@file, weight: 3 }, { name: a }, { name: mid, weight: 0 } ]",
            "mid: { weighted: { services: [ { name: a } ] } }");

    WeightedSpec top = (WeightedSpec) loads.load().spec().services().get(1);
    assertThat(loads.lines()).isEmpty();
    assertThat(top.children()).isEqualTo(List.of(new ChildSpec("a", 4), new ChildSpec("mid", 0)));
    assertThat(top.sticky().name()).isEqualTo("lvl1");
    assertThat(top.isHealthPropagated()).isFalse();
  }

  @Test
  void highestRandomWeight_full_isRead() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    a: { loadBalancer: { healthCheck: { path: / }, servers: [ { url: 'http://a' } ] } }",
            "    top:",
            "      highestRandomWeight:",
            "        healthCheck: {}",
            "        services: [ { name: a@file, weight: 3 }, { name: a } ]",
            "evenkeel: { services: { top: { hash: { key: 'path:2' } } } }");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.load().spec().services().get(1))
        .isEqualTo(
            new HighestRandomWeightSpec(
                "top",
                List.of(new ChildSpec("a", 4)),
                true,
                new ExtrasSpec(KeySpec.parse("path:2"))));
  }

  @Test
  void highestRandomWeight_withoutWhatItNeeds_isRefused() {
    Loads loads =
        services(
            "top: { highestRandomWeight: { healthCheck: {}, services: [ { name: a } ] } }",
            "other: { highestRandomWeight: { services: [ { name: gone } ] } }",
            "third: { highestRandomWeight: { sticky: {}, services: [ { name: a } ] } }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:4 http.services.top: needs to know whether service \"a\" is up, which does"
                + " not say so (expected: healthCheck in a)",
            "balance.yml:5 http.services.other: the service \"gone\" does not exist (expected: one"
                + " of a, top, third)",
            "balance.yml:6 http.services.third.highestRandomWeight.sticky: unknown key (expected:"
                + " one of services, healthCheck)");
  }

  @ParameterizedTest
  @EnumSource(StrategySpec.class)
  void strategy_eachOfTraefiks_isRead(StrategySpec strategy) {
    LoadBalancerSpec read =
        (LoadBalancerSpec)
            services("s: { loadBalancer: { strategy: " + strategy.text() + " } }")
                .load()
                .spec()
                .services()
                .get(1);

    assertThat(read.strategy()).isEqualTo(strategy);
  }

  @Test
  void strategy_empty_isWrr() {
    LoadBalancerSpec read =
        (LoadBalancerSpec)
            services("s: { loadBalancer: { strategy: '' } }").load().spec().services().get(1);

    assertThat(read.strategy()).isEqualTo(StrategySpec.WRR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fastest", "P2C", "wrr "})
  void strategy_unknown_isRefused(String strategy) {
    assertThat(
            services(
                    "s: { loadBalancer: { strategy: '"
                        + strategy
                        + "', servers: [ { url: 'http://b' } ] } }")
                .lines())
        .containsExactly(
            "balance.yml:4 http.services.s.loadBalancer.strategy: "
                + Printable.of(strategy)
                + " (expected: one of wrr, p2c, leasttime, hrw)");
  }

  @Test
  void sticky_withHrw_isNoted() {
    Loads loads =
        services(
            "s:",
            "  loadBalancer:",
            "    strategy: hrw",
            "    sticky: { cookie: {} }",
            "    servers: [ { url: 'http://b' } ]");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:7 http.services.s.loadBalancer.sticky: has no effect with strategy hrw, as"
                + " in Traefik");
    assertThat(loads.load().isUsable()).isTrue();
  }

  private Loads hashOfS(String service, String hash) {
    return Loads.file(
        folder,
        "http:",
        "  services:",
        "    s: { loadBalancer: { " + service + "servers: [ { url: 'http://b' } ] } }",
        "evenkeel: { services: { s: { hash: " + hash + " } } }");
  }

  @Test
  void hash_withHrw_isRead() {
    Loads loads = hashOfS("strategy: hrw, ", "{ key: 'header: X-Tenant' }");

    LoadBalancerSpec read = (LoadBalancerSpec) loads.load().spec().services().get(0);
    assertThat(loads.lines()).isEmpty();
    assertThat(read.extras().hash()).isEqualTo(KeySpec.parse("header:X-Tenant"));
  }

  @Test
  void hash_withoutHrw_isNoted() {
    Loads loads = hashOfS("", "{ key: thread }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:4 evenkeel.services.s.hash: has no effect without hrw or"
                + " highestRandomWeight");
    assertThat(loads.load().isUsable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "header:", "path:0", "path:x", "jvm:1", "ip", ""})
  void hash_keyOfNoKind_isRefused(String key) {
    assertThat(hashOfS("strategy: hrw, ", "{ key: '" + key + "' }").lines())
        .containsExactly(
            "balance.yml:4 evenkeel.services.s.hash.key: "
                + Printable.of(key)
                + " (expected: header:<name>, cookie:<name>, query:<name>, path:<n>, thread or"
                + " jvm)");
  }

  @Test
  void failover_full_isRead() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    a: { loadBalancer: { healthCheck: { path: / }, servers: [ { url: 'http://a' } ] } }",
            "    b: { loadBalancer: { healthCheck: { path: / }, servers: [ { url: 'http://b' } ] } }",
            "    top: { failover: { service: a, fallback: b@file, healthCheck: {} } }");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.load().spec().services().get(2))
        .isEqualTo(new FailoverSpec("top", "a", "b", true));
  }

  @Test
  void failoverErrors_full_areReadAndTheFirstServiceNeedNotReport() {
    Loads loads =
        services(
            "b: { loadBalancer: { servers: [ { url: 'http://b' } ] } }",
            "top:",
            "  failover:",
            "    service: a",
            "    fallback: b",
            "    errors: { status: [ \"429\", 500-504, 511 - 599 ], maxRequestBodyBytes: 3000000000 }");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.load().spec().services().get(2))
        .isEqualTo(
            new FailoverSpec(
                "top",
                "a",
                "b",
                new FailoverErrorsSpec(
                    List.of(
                        new StatusRange(429, 429),
                        new StatusRange(500, 504),
                        new StatusRange(511, 599)),
                    3_000_000_000L),
                false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", maxRequestBodyBytes: -2"})
  void failoverErrors_withoutALimit_takeAnyBody(String limit) {
    Loads loads =
        services(
            "top: { failover: { service: a, fallback: a, errors: { status: 503" + limit + " } } }");

    assertThat(loads.lines()).isEmpty();
    assertThat(((FailoverSpec) loads.load().spec().services().get(1)).errors())
        .isEqualTo(new FailoverErrorsSpec(List.of(new StatusRange(503, 503)), -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5xx", "500-", "-503", "504-500", "500-504-505", "1000", "'50 3'", "5_0"})
  void failoverErrors_statusThatIsNone_isTheOneProblem(String status) {
    assertThat(
            services(
                    "top: { failover: { service: a, fallback: a, errors: { status: [ 503, "
                        + status
                        + " ] } } }")
                .lines())
        .containsExactly(
            "balance.yml:4 http.services.top.failover.errors.status[1]: "
                + status.replace("'", "")
                + " (expected: status such as 503, or range such as 500-504)");
  }

  @Test
  void failoverErrors_limitThatIsNone_isTheOneProblem() {
    assertThat(
            services(
                    "top: { failover: { service: a, fallback: a, errors: { status: [ 503 ],"
                        + " maxRequestBodyBytes: 1k } } }")
                .lines())
        .containsExactly(
            "balance.yml:4 http.services.top.failover.errors.maxRequestBodyBytes: 1k (expected:"
                + " integer)");
  }

  @Test
  void failoverErrors_withoutStatus_areNotedAndTheFirstServiceHasToReport() {
    assertThat(
            services(
                    "top: { failover: { service: a, fallback: a, errors: { maxRequestBodyBytes: 5 } } }")
                .lines())
        .containsExactly(
            "balance.yml:4 http.services.top.failover.errors: has no effect without status, as in"
                + " Traefik",
            "balance.yml:4 http.services.top: needs to know whether service \"a\" is up, which does"
                + " not say so (expected: healthCheck in a)");
  }

  @Test
  void mirroring_full_isRead() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            "    a: { loadBalancer: { healthCheck: { path: / }, servers: [ { url: 'http://a' } ] } }",
            "    b: { loadBalancer: { servers: [ { url: 'http://b' } ] } }",
            "    top:",
            "      mirroring:",
            "        service: a@file",
            "        mirrorBody: false",
            "        maxBodySize: 3000000000",
            "        mirrors: [ { name: b@file, percent: 10 }, { name: b, percent: 100 } ]",
            "        healthCheck: {}");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.load().spec().services().get(2))
        .isEqualTo(
            new MirroringSpec(
                "top",
                "a",
                List.of(new MirrorSpec("b", 10), new MirrorSpec("b", 100)),
                false,
                3_000_000_000L,
                true));
  }

  @Test
  void mirroring_plain_hasTraefiksDefaults() {
    Loads loads = services("top: { mirroring: { service: a, mirrors: [ { name: a } ] } }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:4 http.services.top.mirroring.mirrors[0]: no percent: gets no copies, as"
                + " in Traefik");
    assertThat(loads.load().spec().services().get(1))
        .isEqualTo(new MirroringSpec("top", "a", List.of(new MirrorSpec("a", 0)), true, -1, false));
  }

  @Test
  void mirroring_wrong_isSaidAtOnce() {
    Loads loads =
        services(
            "top:",
            "  mirroring:",
            "    maxBodySize: 1k",
            "    mirrors:",
            "      - { name: gone, percent: 101 }",
            "      - { percent: -1 }",
            "      - { name: a, percent: 1 }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:5 http.services.top.mirroring: no service (expected: name of a service)",
            "balance.yml:6 http.services.top.mirroring.maxBodySize: 1k (expected: integer)",
            "balance.yml:8 http.services.top.mirroring.mirrors[0].percent: 101 (expected: integer"
                + " 0..100)",
            "balance.yml:9 http.services.top.mirroring.mirrors[1].percent: -1 (expected: integer"
                + " 0..100)",
            "balance.yml:9 http.services.top.mirroring.mirrors[1]: no name (expected: name of a"
                + " service)");
  }

  @Test
  void references_wrong_areAllSaidWithTheirChains() {
    Loads loads =
        services(
            "top: { weighted: { services: [ { name: mid }, { name: gone } ] } }",
            "mid: { failover: { service: a, fallback: low } }",
            "low: { weighted: { services: [ { name: top } ] } }",
            "empty: { failover: { fallback: a } }");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:4 http.services.top: the service \"gone\" does not exist"
                + " (expected: one of a, mid, low, empty)",
            "balance.yml:4 http.services.top: recursion: top -> mid -> low -> top"
                + " (expected: services that do not lead to themselves)",
            "balance.yml:5 http.services.mid: needs to know whether service \"a\" is up, which does"
                + " not say so (expected: healthCheck in a)",
            "balance.yml:7 http.services.empty.failover: no service (expected: name of a service)");
  }

  @Test
  void extras_ofAnUnknownService_areRefused() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  services:",
            A,
            "evenkeel: { services: { aa: { hash: { key: 'header:X' } } } }");

    assertThat(loads.lines())
        .contains("balance.yml:4 evenkeel.services.aa: no such service (did you mean: a?)");
  }
}
