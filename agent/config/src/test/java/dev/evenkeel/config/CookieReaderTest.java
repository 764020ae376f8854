package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec.SameSite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieReaderTest {
  @TempDir Path folder;

  /** The name is what Traefik itself derives for service {@code app} of a file. */
  @ParameterizedTest
  @ValueSource(strings = {"{ cookie: {} }", "{ cookie: true }", "{ Cookie: TRUE }"})
  void cookie_emptyOrTrue_hasTraefiksDefaults(String sticky) {
    StickyCookieSpec cookie =
        Loads.file(
                folder,
                "http: { services: { app: { loadBalancer: {",
                "  servers: [ { url: 'http://a' } ], sticky: " + sticky + " } } } }")
            .service()
            .sticky();

    assertThat(cookie).isEqualTo(new StickyCookieSpec("_fb0b0", false, false, null, 0, "/", ""));
  }

  @Test
  void cookie_withEverythingGiven_takesIt() {
    StickyCookieSpec cookie =
        Loads.balancer(
                folder,
                "sticky:",
                "  cookie:",
                "    name: my session",
                "    secure: true",
                "    httpOnly: true",
                "    sameSite: sTrict",
                "    maxAge: -1",
                "    path: ''",
                "    domain: example.com")
            .service()
            .sticky();

    assertThat(cookie)
        .isEqualTo(
            new StickyCookieSpec("my_session", true, true, SameSite.STRICT, -1, "", "example.com"));
  }

  @Test
  void cookie_withBadValues_saysEveryOne() {
    Loads loads =
        Loads.balancer(
            folder,
            "sticky:",
            "  cookie:",
            "    secure: maybe",
            "    sameSite: loose",
            "    maxAge: 1h",
            "    path: /;x",
            "    domain: \"a\\r\\nX: y\"",
            "    expires: 3");

    assertThat(loads.lines())
        .containsExactly(
            at(8, "secure", "maybe (expected: true or false)"),
            at(
                9,
                "sameSite",
                "loose adds no attribute, as in Traefik (expected: none, lax or strict)"),
            at(10, "maxAge", "1h (expected: integer)"),
            at(11, "path", "/;x (expected: ASCII without ; and controls)"),
            at(12, "domain", "a?\\nX: y (expected: ASCII without ; and controls)"),
            at(
                13,
                "expires",
                "unknown key (expected: one of name, secure, httpOnly, sameSite,"
                    + " maxAge, path, domain)"));
  }

  @ParameterizedTest
  @CsvSource({
    "a_b.example, false",
    "a b, false",
    "-a, false",
    "a..b, false",
    ".a-b.example, true",
    "10.0.0.1, true"
  })
  void domain_thatNoCookieMayHave_isLeftOutAndSaid(String domain, boolean isValid) {
    Loads loads = Loads.balancer(folder, "sticky: { cookie: { domain: '" + domain + "' } }");
    LoadBalancerSpec service = (LoadBalancerSpec) loads.load().spec().services().get(0);

    assertThat(service.sticky().domain()).isEqualTo(isValid ? domain : "");
    assertThat(loads.lines())
        .isEqualTo(
            isValid
                ? List.of()
                : List.of(
                    at(
                        6,
                        "domain",
                        domain
                            + " adds no attribute, as in Traefik (expected: domain such as"
                            + " example.com)")));
  }

  @Test
  void sticky_withoutCookie_isNotSticky() {
    Loads loads = Loads.balancer(folder, "sticky: {}");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:6 http.services.orders.loadBalancer.sticky: has no effect without cookie,"
                + " as in Traefik");
    assertThat(loads.load().isUsable()).isTrue();
  }

  @Test
  void cookie_givenAScalar_isOffUnlessItIsTrue() {
    assertThat(Loads.balancer(folder, "sticky: { cookie: false }").service().sticky()).isNull();
    assertThat(Loads.balancer(folder, "sticky: { cookie: ture }").lines())
        .containsExactly(
            "balance.yml:6 http.services.orders.loadBalancer.sticky.cookie: ture: turns this off,"
                + " as in Traefik");
  }

  private static String at(int line, String key, String text) {
    return "balance.yml:"
        + line
        + " http.services.orders.loadBalancer.sticky.cookie."
        + key
        + ": "
        + text;
  }
}
