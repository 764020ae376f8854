package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection is the server's: scheme, server name, certificate. Not thread-safe. */
interface TlsContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"https://orders/", "http://orders/", "https://orders:8443/"})
  default void tlsServer_isNamedAndVerifiedByItsOwnHost(String url, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    assertThat(Stage.servedBy(client, url, 4)).containsOnly("a", "b");
    assertThat(a.received())
        .allSatisfy(request -> assertThat(request.serverNames()).containsExactly("a.servers.test"));
    assertThat(b.received())
        .allSatisfy(request -> assertThat(request.serverNames()).containsExactly("b.servers.test"));
  }

  @Test
  default void logicalHttps_toHttpServer_goesInTheClear(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    try (Reply reply = stage.client().call(Call.get("https://orders/x"))) {
      assertThat(reply.server()).isEqualTo("a");
      assertThat(reply.url()).isEqualTo("https://orders/x");
    }
    assertThat(a.received("/x").get(0).authority()).isEqualTo("orders");
  }

  @Test
  default void logicalHttp_toHttpsServer_staysHttpForTheApplication(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    try (Reply reply = client.call(Call.get("http://orders/x"))) {
      assertThat(reply.server()).isEqualTo("a");
      assertThat(reply.url()).isEqualTo("http://orders/x");
    }
    assertThat(a.received("/x").get(0).authority()).isEqualTo("orders");
  }

  @Test
  default void services_withBothSchemes_areBalancedOverBoth(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    assertThat(Stage.servedBy(client, "http://orders/", 2)).containsExactlyInAnyOrder("a", "b");
    assertThat(Stage.servedBy(client, "https://orders/", 2)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  default void certificate_ofTheLogicalHost_isRefusedAsDirect(Stage stage) throws IOException {
    TestServer wrong = stage.fleet().https("wrong", Stage.SERVICE);
    stage.balanceOver(wrong);
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    assertRefusedAsDirect(client, wrong);
  }

  @Test
  default void certificate_ofAnUnknownAuthority_isRefusedAsDirect(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    stage.balanceOver(a);

    assertRefusedAsDirect(stage.client(), a);
  }

  private static void assertRefusedAsDirect(Client client, TestServer server) {
    Throwable direct = catchThrowable(() -> client.call(Call.get(server.url() + "/")));
    Throwable balanced = catchThrowable(() -> client.call(Call.get("https://orders/")));

    assertThat(direct).isInstanceOf(SSLException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass());
    assertThat(server.received()).isEmpty();
  }

  @Test
  @Requires(Capability.HTTP_2)
  default void authority_notPassed_isTheServersInHttp2(Stage stage) throws IOException {
    TestServer a = stage.fleet().http2("a");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(a).option("passHostHeader: false"));
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    assertThat(client.call(Call.get("https://orders/")).servedBy()).isEqualTo("a");
    assertThat(a.received().get(0).header(":authority")).isEqualTo(a.authority());
  }
}
