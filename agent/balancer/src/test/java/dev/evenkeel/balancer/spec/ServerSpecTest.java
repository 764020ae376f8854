package dev.evenkeel.balancer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSpecTest {
  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1:8080, http, 10.0.0.1, 8080, 10.0.0.1:8080",
    "http://10.0.0.1, http, 10.0.0.1, 80, 10.0.0.1",
    "https://Orders.example:443/base?q#f, https, Orders.example, 443, Orders.example",
    "HTTP://my_server:1, http, my_server, 1, my_server:1",
    "http://[::1]:65535, http, ::1, 65535, [::1]:65535",
    "h2c://10.0.0.1:8080, h2c, 10.0.0.1, 8080, 10.0.0.1:8080",
    "H2C://orders/base, h2c, orders, 80, orders",
  })
  void of_url_takesItApart(String url, String scheme, String host, int port, String authority) {
    ServerSpec server = ServerSpec.of(url, 1);

    assertThat(server.url()).isEqualTo(url);
    assertThat(server.scheme()).isEqualTo(scheme);
    assertThat(server.host()).isEqualTo(host);
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.1:8080",
        "/path",
        "http://",
        "http:///path",
        "http://:80",
        "ftp://host",
        "h2://host",
        "h2c://",
        "http://host:0",
        "http://host:65536",
        "http://host:99999999999",
        "http://host:port",
        "http://a b",
        "http://[::1",
      })
  void of_anythingElse_isRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerSpec.of(url, 1))
        .withMessageContaining("(expected: URL such as");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://joe:secret@host", "https://joe@host:8443/"})
  void of_urlWithUserInfo_isRefusedAndSaysThat(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerSpec.of(url, 1))
        .withMessageContaining("(expected: URL without user info, such as http");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, ServerSpec.MAX_TOTAL_WEIGHT + 1})
  void of_weightOutOfRange_isRefused(int weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerSpec.of("http://host", weight))
        .withMessageContaining("weight: " + weight);
  }
}
