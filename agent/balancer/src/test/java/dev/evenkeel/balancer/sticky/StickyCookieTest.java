package dev.evenkeel.balancer.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec.SameSite;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickyCookieTest {
  private static final StickyCookieSpec PLAIN =
      new StickyCookieSpec("lb", false, false, null, 0, "/", "");

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8081,08d5f409490f61fc",
    "h2c://127.0.0.1:8081,726050bf67e4dbc9",
    "http://127.0.0.1:8082,6bf4bc2f5d722cee",
    "whoami1,8dfb3926c09f6a70",
    "first,a7937b64b8caa58f",
    "second,16367aacb67a4a01"
  })
  void currentValue_knownNames_isWhatTraefikWrites(String name, String expected) {
    assertThat(SessionValues.current(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8081,5a1cc52f3f46040d,7d49894b220072d2",
    "first,c0de9a9b8ec0e479,76819daa37fef449"
  })
  void fnv_knownNames_isWhatOlderTraefikWrote(String name, String once, String twice) {
    assertThat(SessionValues.fnv(name)).isEqualTo(once);
    assertThat(SessionValues.fnv(once)).isEqualTo(twice);
  }

  @Test
  void session_valuesOfEachAge_leadToTheirServer() {
    StickyCookie cookie = new StickyCookie(PLAIN, List.of("first", "second"));

    assertThat(cookie.session("lb=16367aacb67a4a01")).isEqualTo(new Session(1, false));
    assertThat(cookie.session("lb=second")).isEqualTo(new Session(1, true));
    assertThat(cookie.session("lb=c0de9a9b8ec0e479")).isEqualTo(new Session(0, true));
    assertThat(cookie.session("lb=76819daa37fef449")).isEqualTo(new Session(0, true));
    assertThat(cookie.session("lb=third")).isNull();
    assertThat(cookie.session(null)).isNull();
  }

  @Test
  void setCookie_defaults_hasThePathOnly() {
    assertThat(new StickyCookie(PLAIN, List.of("first")).setCookie(0).value())
        .isEqualTo("lb=a7937b64b8caa58f; Path=/");
  }

  @Test
  void setCookie_everything_hasTheAttributesInTraefiksOrder() {
    StickyCookieSpec spec =
        new StickyCookieSpec("lb", true, true, SameSite.NONE, 60, "/app", "example.com");

    assertThat(new StickyCookie(spec, List.of("first")).setCookie(0).value())
        .isEqualTo(
            "lb=a7937b64b8caa58f; Path=/app; Domain=example.com; Max-Age=60; HttpOnly; Secure;"
                + " SameSite=None");
  }

  @Test
  void setCookie_negativeMaxAgeAndEmptyPath_expiresWithoutAPath() {
    StickyCookieSpec spec = new StickyCookieSpec("lb", false, false, SameSite.LAX, -1, "", ".a.b");

    assertThat(new StickyCookie(spec, List.of("first")).setCookie(0).value())
        .isEqualTo("lb=a7937b64b8caa58f; Domain=a.b; Max-Age=0; SameSite=Lax");
  }

  @Test
  void setCookie_separatorsInThePath_cannotSmuggleAnythingIn() {
    StickyCookieSpec spec =
        new StickyCookieSpec("lb", false, false, SameSite.STRICT, 0, "/a;b\r\nX: y", "");

    assertThat(new StickyCookie(spec, List.of("first")).setCookie(0).value())
        .isEqualTo("lb=a7937b64b8caa58f; Path=/abX: y; SameSite=Strict");
  }
}
