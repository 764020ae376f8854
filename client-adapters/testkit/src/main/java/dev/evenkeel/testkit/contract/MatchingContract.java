package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls are balanced. Not thread-safe; one per test. */
interface MatchingContract extends Contract {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://orders/",
        "http://orders:80/",
        "http://orders:8080/",
        "http://orders:1/",
        "http://ORDERS/",
        "http://Orders./",
        "http://orders.:8080/x?y"
      })
  default void host_ofService_isBalanced(String url, Stage stage) throws IOException {
    stage.balanceOver(stage.fleet().http("a"));

    String server = stage.client().call(Call.get(url)).servedBy();

    assertThat(server).isEqualTo("a");
  }

  @Test
  default void call_thatMatchesNothing_goesWhereTheApplicationSentIt(Stage stage)
      throws IOException {
    TestServer balanced = stage.fleet().http("a");
    TestServer other = stage.fleet().http("b");
    stage.balanceOver(balanced);

    String server = stage.client().call(Call.get(other.url() + "/direct")).servedBy();

    assertThat(server).isEqualTo("b");
    assertThat(other.received("/direct")).hasSize(1);
    assertThat(other.received().get(0).authority()).isEqualTo(other.authority());
    assertThat(balanced.received()).isEmpty();
  }

  @Test
  default void call_toAServerByItsOwnAddress_isLeftAlone(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);

    assertThat(Stage.servedBy(stage.client(), a.url() + "/", 4)).containsOnly("a");
    assertThat(stage.bean(a).calls()).isZero();
    assertThat(stage.bean(b).calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://orders.servers.test/", "http://order/", "http://orders2/"})
  default void host_thatOnlyResembles_isLeftAlone(String url, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    Client client = stage.client();

    assertThatThrownBy(() -> client.call(Call.get(url)))
        .isInstanceOfAny(UnknownHostException.class, ConnectException.class)
        .matches(failure -> !String.valueOf(failure.getMessage()).contains("service"));
    assertThat(a.received()).isEmpty();
  }

  @Test
  default void services_severalAtOnce_areKeptApart(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage
        .balance()
        .apply(ServiceConfig.named("orders").server(a), ServiceConfig.named("invoices").server(b));
    Client client = stage.client();

    assertThat(Stage.servedBy(client, "http://orders/", 3)).containsOnly("a");
    assertThat(Stage.servedBy(client, "http://invoices/", 3)).containsOnly("b");
  }
}
