package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Server;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreservedPathTest {
  private static final String URL = "http://h/base/";

  private final Fixture fixture = new Fixture();

  @ParameterizedTest
  @CsvSource({
    "http://h/base, /x, /base/x",
    "http://h/base/, /x, /base/x",
    "http://h/base//, //x, /base///x",
    "http://h/base, /?q=%20;a+b, /base/?q=%20;a+b",
    "http://h/base, /?, /base/?",
    "http://h/a%2Fb;v=1/\u00e4?q#f, /%2f, /a%2Fb;v=1/%C3%A4/%2f",
    "http://h/base, *, *",
    "http://h/base, other:443, other:443",
    "http://h/, /x, /x",
    "http://h, /x, /x",
  })
  void at_target_hasTheServersPathAndOneSlash(String url, String target, String expected) {
    ServerSpec spec = ServerSpec.of(url, 1);

    Server server = ConfiguredServer.of(spec.preservingPath(), true);

    assertThat(server.at(target)).isEqualTo(expected);
    assertThat(server.url()).isEqualTo(url);
    assertThat(ConfiguredServer.of(spec, true).at(target)).isSameAs(target);
  }

  @Test
  void apply_pathPreservedFromNowOn_givesAdaptersANewServerOfTheSameState() {
    fixture.apply(orders(server(URL, 1)));
    Map<String, Integer> before = fixture.tally(3);
    Server server = fixture.open().next().server();

    fixture.apply(orders(server(URL, 1).preservingPath()));

    assertThat(before).isEqualTo(Map.of(URL, 3));
    assertThat(server.path()).isEmpty();
    assertThat(fixture.open().next().server().path()).isEqualTo("/base");
    assertThat(fixture.view(URL).calls()).isEqualTo(5);
  }

  @Test
  void of_oneUrlWithAndWithoutItsPath_isRefused() {
    ServerSpec without = server(URL, 1);
    ServerSpec bare = server("http://h/", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> orders(without.preservingPath(), without))
        .withMessage(URL + " with and without preservePath (expected: one of the two for a URL)");
    assertThat(orders(bare.preservingPath(), bare).references()).isEmpty();
  }

  @Test
  void serverAtAnAddress_pathPreserved_keepsIt() {
    assertThat(server(URL, 1).preservingPath().at("::1").path()).isEqualTo("/base");
  }
}
