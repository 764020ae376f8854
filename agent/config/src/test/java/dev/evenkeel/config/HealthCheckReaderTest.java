package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckReaderTest {
  @TempDir Path folder;

  @Test
  void healthCheck_withAPathOnly_hasTraefiksDefaults() {
    HealthCheckSpec check = check("healthCheck: { path: /health }");

    assertThat(check)
        .isEqualTo(
            new HealthCheckSpec(
                "/health",
                null,
                null,
                0,
                "GET",
                0,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                true,
                Map.of()));
  }

  @Test
  void healthCheck_withEverythingGiven_takesIt() {
    HealthCheckSpec check =
        check(
            "healthcheck:",
            "  path: health?full=1",
            "  scheme: HTTPS",
            "  mode: http",
            "  hostname: probe.local:81",
            "  port: 8081",
            "  method: HEAD",
            "  status: 204",
            "  interval: 10",
            "  unhealthyInterval: 1.5s",
            "  timeout: \"3\"",
            "  followRedirects: false",
            "  headers: { X-Probe: 1, x-probe-b: yes }");

    assertThat(check)
        .isEqualTo(
            new HealthCheckSpec(
                "health?full=1",
                "https",
                "probe.local:81",
                8081,
                "HEAD",
                204,
                Duration.ofSeconds(10),
                Duration.ofMillis(1500),
                Duration.ofSeconds(3),
                false,
                Map.of("X-Probe", "1", "x-probe-b", "yes")));
  }

  @Test
  void healthCheck_withBadValues_saysEveryOne() {
    assertThat(
            Loads.balancer(
                    folder,
                    "healthCheck:",
                    "  path: http://other/health",
                    "  scheme: ftp",
                    "  mode: [ grpc ]",
                    "  hostname: 'a b'",
                    "  port: 65536",
                    "  method: 'G T'",
                    "  status: ok",
                    "  interval: 10 s",
                    "  timeout: [ 1 ]",
                    "  followRedirects: yes",
                    "  headers: { 'X Y': 1 }",
                    "  retries: 3")
                .lines())
        .containsExactly(
            at(7, "path", "http://other/health (expected: path such as /health?full=1)"),
            at(8, "scheme", "ftp (expected: http, h2c or https)"),
            at(9, "mode", "a list (expected: text)"),
            at(10, "hostname", "a b (expected: host name, with or without a port)"),
            at(11, "port", "65536 (expected: integer 0..65535)"),
            at(12, "method", "G T (expected: HTTP method such as GET)"),
            at(13, "status", "ok (expected: integer 0..999)"),
            at(
                14,
                "interval",
                "10 s (expected: duration such as 10s, 1m30s or 300ms; a bare number"
                    + " counts seconds)"),
            at(
                15,
                "timeout",
                "a list (expected: duration such as 10s, 1m30s or 300ms; a bare number"
                    + " counts seconds)"),
            at(16, "followRedirects", "yes (expected: true or false)"),
            at(17, "headers.X Y", "1 (expected: an HTTP header)"),
            at(
                18,
                "retries",
                "unknown key (expected: one of path, scheme, mode, hostname, port,"
                    + " method, status, interval, unhealthyInterval, timeout, followRedirects, headers)"));
  }

  @Test
  void interval_notAboveZero_isTheDefaultAndNoted() {
    Loads loads =
        Loads.balancer(
            folder,
            "healthCheck:",
            "  interval: 0",
            "  unhealthyInterval: -1s",
            "  timeout: 0s",
            "  headers: { host: x }");

    assertThat(loads.lines())
        .containsExactly(
            at(7, "interval", "0 (expected: above zero; 30s is used, as in Traefik)"),
            at(8, "unhealthyInterval", "-1s (expected: above zero; 30s is used, as in Traefik)"),
            at(9, "timeout", "0s (expected: above zero; 5s is used, as in Traefik)"),
            at(10, "headers.host", "has no effect, as in Traefik (expected: hostname)"));
    assertThat(loads.load().isUsable()).isTrue();
  }

  @Test
  void mode_grpc_isTakenAndTheOptionsWithoutEffectAreNoted() {
    Loads loads =
        Loads.balancer(
            folder,
            "healthCheck:",
            "  mode: grpc",
            "  path: /health",
            "  scheme: H2C",
            "  hostname: probe.local",
            "  port: 9090",
            "  method: HEAD",
            "  status: 204",
            "  followRedirects: true",
            "  headers: { X-Probe: 1 }");

    assertThat(loads.lines())
        .containsExactly(
            at(8, "path", "has no effect in mode grpc"),
            at(12, "method", "has no effect in mode grpc"),
            at(13, "status", "has no effect in mode grpc"),
            at(14, "followRedirects", "has no effect in mode grpc"));
    HealthCheckSpec check = usable(loads).healthCheck();
    assertThat(check.mode()).isEqualTo(HealthCheckSpec.Mode.GRPC);
    assertThat(check.scheme()).isEqualTo("h2c");
    assertThat(check.hostname()).isEqualTo("probe.local");
    assertThat(check.port()).isEqualTo(9090);
    assertThat(check.headers()).isEqualTo(Map.of("X-Probe", "1"));
  }

  @Test
  void mode_grpcWithItsDefaults_saysNothing() {
    Loads loads = Loads.balancer(folder, "healthCheck: { mode: grpc }");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.service().healthCheck().mode()).isEqualTo(HealthCheckSpec.Mode.GRPC);
    assertThat(loads.service().healthCheck().scheme()).isNull();
  }

  @Test
  void mode_ofAnotherName_isHttpAndNoted() {
    Loads loads = Loads.balancer(folder, "healthCheck: { path: /health, mode: GRPC }");

    assertThat(loads.lines())
        .containsExactly(
            at(6, "mode", "GRPC (expected: http or grpc; http is used, as in Traefik)"));
    assertThat(usable(loads).healthCheck()).isEqualTo(check("healthCheck: { path: /health }"));
  }

  @Test
  void scheme_thatNoProbeSpeaks_isRefused() {
    assertThat(
            usable(Loads.balancer(folder, "healthCheck: { scheme: H2C }")).healthCheck().scheme())
        .isEqualTo("h2c");
    assertThat(Loads.balancer(folder, "healthCheck: { scheme: spdy }").lines())
        .containsExactly(at(6, "scheme", "spdy (expected: http, h2c or https)"));
    assertThat(Loads.balancer(folder, "healthCheck: { mode: grpc, scheme: ftp }").lines())
        .containsExactly(at(6, "scheme", "ftp (expected: http, h2c or https)"));
  }

  private static LoadBalancerSpec usable(Loads loads) {
    assertThat(loads.load().isUsable()).isTrue();
    return (LoadBalancerSpec) loads.load().spec().services().get(0);
  }

  @Test
  void interval_notAboveTheTimeout_isRaisedAboveItAndSaidOnce() {
    Loads loads =
        Loads.balancer(
            folder, "healthCheck:", "  interval: 3s", "  path: /health", "  timeout: 3s");

    assertThat(loads.lines())
        .containsExactly(at(7, "interval", "3s (expected: above timeout, 3s; 4s is used)"));
    HealthCheckSpec check = usable(loads).healthCheck();
    assertThat(check.timeout()).hasSeconds(3);
    assertThat(check.interval()).hasSeconds(4);
    assertThat(check.unhealthyInterval()).hasSeconds(4);
  }

  @Test
  void interval_defaultNotAboveTheTimeout_isRaisedToo() {
    Loads loads = Loads.balancer(folder, "healthCheck: { timeout: 1m }");

    assertThat(loads.lines())
        .containsExactly(at(6, "interval", "30s (expected: above timeout, 1m; 1m1s is used)"));
    assertThat(usable(loads).healthCheck().interval()).hasSeconds(61);
  }

  @Test
  void interval_aboveTheTimeout_staysAndSaysNothing() {
    Loads loads =
        Loads.balancer(folder, "healthCheck: { interval: 5001ms, unhealthyInterval: 100ms }");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.service().healthCheck().interval()).hasMillis(5_001);
    assertThat(loads.service().healthCheck().unhealthyInterval()).hasMillis(100);
  }

  @Test
  void timeout_ofTheLongestDuration_leavesNoRoomAboveItAndIsTaken() {
    Loads loads = Loads.balancer(folder, "healthCheck: { timeout: 2562047h47m16s }");

    assertThat(usable(loads).healthCheck().interval()).isEqualTo(HealthCheckSpec.LONGEST);
    assertThat(loads.lines()).hasSize(1);
  }

  private HealthCheckSpec check(String... lines) {
    return Loads.balancer(folder, lines).service().healthCheck();
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
