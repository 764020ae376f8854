package dev.evenkeel.balancer.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "lb=1|1",
        "a=b; lb=1|1",
        "a=b;lb=1;c=d|1",
        "  lb=1  |1",
        "lb=\"1\"|1",
        "lb=1; lb=2|1",
        "xlb=0; lb=1|1",
        "lbx=0; lb=1|1",
        "lb =1|1",
        "lb=a=b|a=b",
        "lb=a b|a b",
        "lb=\"bad; lb=1|1",
        "lb=b\\ad; lb=1|1",
        ";;lb=1;|1",
        "lb=|~~",
        "lb|~~"
      })
  void firstValue_cookiePresent_isItsValue(String header, String expected) {
    assertThat(CookieHeader.firstValue(header, "lb")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"~~", "a=b", "LB=1", "xlb=1", "lbx=1", "lb x=1", "=lb", "a=lb=1", "lb=\u00e9"})
  void firstValue_noValidCookieOfTheName_isNull(String header) {
    assertThat(CookieHeader.firstValue(header, "lb")).isNull();
  }

  @Test
  void firstValue_nameAtTheVeryEnd_isEmpty() {
    assertThat(CookieHeader.firstValue("a=b; lb", "lb")).isEmpty();
  }

  record Cookie(String name, String value) {}

  @Provide
  Arbitrary<List<Cookie>> cookies() {
    Arbitrary<String> names = Arbitraries.of("lb", "l", "lbx", "b", "_4fcce", "a.b");
    Arbitrary<String> values =
        Arbitraries.strings().withCharRange('a', 'f').numeric().withChars("=:/.-_").ofMaxLength(9);
    return Combinators.combine(names, values).as(Cookie::new).list().ofMaxSize(6);
  }

  @Property(tries = 500)
  void firstValue_printedCookies_isTheFirstOfTheName(@ForAll("cookies") List<Cookie> cookies) {
    String header =
        cookies.stream().map(c -> c.name() + "=" + c.value()).collect(Collectors.joining("; "));

    for (String name : List.of("lb", "l", "lbx", "b", "_4fcce", "a.b", "absent")) {
      String expected =
          cookies.stream()
              .filter(cookie -> cookie.name().equals(name))
              .map(Cookie::value)
              .findFirst()
              .orElse(null);
      assertThat(CookieHeader.firstValue(header, name)).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<String> wildHeaders() {
    return Arbitraries.strings().withChars("lb=;\" \t\\x\u00e9\u0000").ofMaxLength(24);
  }

  @Property(tries = 2_000)
  void firstValue_wildHeader_agreesWithANaiveReader(@ForAll("wildHeaders") String header) {
    assertThat(CookieHeader.firstValue(header, "lb")).isEqualTo(naive(header, "lb"));
  }

  private static String naive(String header, String name) {
    for (String part : header.split(";", -1)) {
      String cookie = part.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
      int equals = cookie.indexOf('=');
      String itsName = equals < 0 ? cookie : cookie.substring(0, equals);
      String value = equals < 0 ? "" : cookie.substring(equals + 1);
      if (!itsName.replaceAll("[ \t\r\n]+$", "").equals(name)) {
        continue;
      }
      if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
        value = value.substring(1, value.length() - 1);
      }
      if (value.matches("[ !#-\\[\\]-~]*")) {
        return value;
      }
    }
    return null;
  }

  @Property(tries = 500)
  void firstValue_anyStrings_neverThrows(@ForAll String header, @ForAll String name) {
    String value = CookieHeader.firstValue(header, "n" + name);

    assertThat(value == null || value.isEmpty() || header.contains(value)).isTrue();
  }
}
