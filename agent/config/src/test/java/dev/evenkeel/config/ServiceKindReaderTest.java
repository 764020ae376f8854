package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
