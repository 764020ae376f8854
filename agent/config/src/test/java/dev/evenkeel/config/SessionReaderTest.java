package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.SessionSpec;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionReaderTest {
  @TempDir Path folder;

  private Loads sticky(String yaml) {
    return Loads.file(
        folder,
        "http: { services: { orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } } } }",
        "evenkeel: { services: { orders: { sticky: " + yaml + " } } }");
  }

  private static SessionSpec sessions(Loads loads) {
    return ((LoadBalancerSpec) loads.load().spec().services().get(0)).extras().sessions();
  }

  @Test
  void key_withLimits_isRead() {
    Loads loads = sticky("{ key: 'header:X-Session-Id', ttl: 5m, maxSessions: 10 }");

    assertThat(loads.lines()).isEmpty();
    assertThat(sessions(loads))
        .isEqualTo(
            new SessionSpec(
                new KeySpec(KeySpec.Kind.HEADER, "X-Session-Id", 0),
                false,
                Duration.ofMinutes(5),
                10));
  }

  @Test
  void learn_alone_hasTheDefaults() {
    Loads loads = sticky("{ learn: 'cookie:JSESSIONID' }");

    assertThat(loads.lines()).isEmpty();
    assertThat(sessions(loads))
        .isEqualTo(
            new SessionSpec(
                new KeySpec(KeySpec.Kind.COOKIE, "JSESSIONID", 0),
                true,
                SessionSpec.DEFAULT_TIME_TO_LIVE,
                SessionSpec.DEFAULT_MAX_SESSIONS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ ttl: 5m }|: neither key nor learn (expected: one of them)",
        "{ key: jvm, learn: 'cookie:a' }|: key and learn (expected: one of them)",
        "{ learn: thread }|.learn: thread (expected: cookie:<name> or header:<name>)",
        "{ learn: JSESSIONID }|.learn: JSESSIONID (expected: cookie:<name> or header:<name>)",
        "{ key: jvm, ttl: 0s }|.ttl: 0s (expected: above zero)",
        "{ key: jvm, maxSessions: 0 }|.maxSessions: 0 (expected: integer 1..2147483647)",
        "{ key: 'header:a b' }|.key: header:a b (expected: header:<name>, cookie:<name>,"
            + " query:<name>, path:<n>, thread or jvm)",
        "{ key: 'headers:X' }|.key: headers:X (expected: header:<name>, cookie:<name>,"
            + " query:<name>, path:<n>, thread or jvm)",
      })
  void sticky_wrong_isRefused(String yaml, String problem) {
    assertThat(sticky(yaml).lines())
        .containsExactly("balance.yml:2 evenkeel.services.orders.sticky" + problem);
  }
}
