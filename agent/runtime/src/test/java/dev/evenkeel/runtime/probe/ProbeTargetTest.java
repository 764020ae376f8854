package dev.evenkeel.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenkeel.balancer.spec.ServerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTargetTest {
  @ParameterizedTest
  @CsvSource({
    "http://h:8080, /health, http://h:8080/health",
    "http://h, /health, http://h/health",
    "http://h:80, /health, http://h:80/health",
    "http://h, health, http://h/health",
    "http://h/api/v1, health, http://h/api/health",
    "http://h/api/, health, http://h/api/health",
    "http://h/api?x=1, '', http://h/api?x=1",
    "http://h/api?x=1, ?y=2, http://h/api?y=2",
    "http://h/api?x=1, /a?b=c#d, http://h/a?b=c",
    "http://h, /a/../../b/./c/.., http://h/b/",
    "http://h/x/y, ../z, http://h/z",
    "http://h, /a b{c}é, http://h/a%20b%7Bc%7D%C3%A9",
    "http://h, /a%2Fb?c=%20, http://h/a%2Fb?c=%20",
    "http://[::1]:8080/, /health, http://[::1]:8080/health",
    "HTTPS://H, '', https://H/",
    "http://my_host:8080, /health, http://my_host:8080/health",
    "http://my_host, /health, http://my_host/health",
    "h2c://h:8080/api/, health, h2c://h:8080/api/health",
    "H2C://h, /health, h2c://h/health",
  })
  void url_ofServerAndPath_isResolvedAsRfc3986(String server, String path, String expected) {
    ProbeTarget target = ProbeTarget.of(ServerSpec.of(server, 1), Checks.plain().path(path).spec());

    assertThat(target.scheme() + "://" + target.authority() + target.pathAndQuery())
        .isEqualTo(expected);
  }

  @Test
  void scheme_andPortOfTheCheck_replaceTheServers() {
    ServerSpec server = ServerSpec.of("http://h", 1);

    ProbeTarget other = ProbeTarget.of(server, Checks.plain().scheme("HTTPS").spec());
    assertThat(other.isTls()).isTrue();
    assertThat(other.connectPort()).isEqualTo(443);
    assertThat(other.authority()).isEqualTo("h");

    ProbeTarget both = ProbeTarget.of(server, Checks.plain().scheme("https").port(81).spec());
    assertThat(both.connectPort()).isEqualTo(81);
    assertThat(both.authority()).isEqualTo("h:81");
    assertThat(ProbeTarget.of(server, Checks.plain().spec()).connectPort()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other/", "//other/x", "mailto:x", "/%zz", "/a\r\nb"})
  void path_thatIsNone_isRefused(String path) {
    ServerSpec server = ServerSpec.of("http://h", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeTarget.of(server, Checks.plain().path(path).spec()))
        .withMessageContaining("(expected: ");
  }

  @Test
  void scheme_thatIsUnknown_isRefused() {
    ServerSpec server = ServerSpec.of("http://h", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeTarget.of(server, Checks.plain().scheme("spdy").spec()))
        .withMessage("scheme spdy (expected: http, https or h2c)");
  }

  @ParameterizedTest
  @CsvSource({
    "https://x:1/a?b, https://x:1/a?b",
    "HTTP://x, http://x/",
    "//x/a/../b, http://x/b",
    "/n, http://h:8080/n",
    "n?q, http://h:8080/a/n?q",
    "#f, http://h:8080/a/b?c",
  })
  void redirect_toALocation_isResolvedAsRfc3986(String location, String expected) {
    ProbeTarget from = new ProbeTarget("http", "h", 8080, "/a/b", "c");

    ProbeTarget to = from.redirectedTo(location);

    assertThat(to.scheme() + "://" + to.authority() + to.pathAndQuery()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/n, h2c://h:8080/n",
    "http://H:8080/n, h2c://H:8080/n",
    "http://h/n, http://h/n",
    "http://x:8080/n, http://x:8080/n",
    "https://h:8080/n, https://h:8080/n",
  })
  void redirect_byAServerByH2c_staysByH2cWhereItNamesItself(String location, String expected) {
    ProbeTarget from = new ProbeTarget("h2c", "h", 8080, "/a/b", "c");

    ProbeTarget to = from.redirectedTo(location);

    assertThat(to.scheme() + "://" + to.authority() + to.pathAndQuery()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/", "http:///x", "mailto:x", "http://x:99999/", "http://a b/"})
  void redirect_toNoHttpUrl_isRefused(String location) {
    ProbeTarget from = new ProbeTarget("http", "h", 8080, "/a/b", null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> from.redirectedTo(location))
        .withMessageContaining("(expected: ");
  }
}
