package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing was sent: the call moves to another server. Not thread-safe; one per test. */
interface ConnectFailureContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  default void refusedServer_callWithoutBody_moves(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    String refused = balanceWithRefused(stage, a);
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      assertThat(client.call(Call.of(method, "http://orders/")).servedBy()).isEqualTo("a");
    }

    assertThat(a.received()).hasSize(4);
    ServerBean ofRefused = stage.balance().server(Stage.SERVICE, refused);
    assertThat(ofRefused.calls()).isBetween(2L, 4L).isEqualTo(ofRefused.failures());
    assertThat(stage.service().getLong("Retries")).isEqualTo(ofRefused.calls());
    assertThat(stage.service().getLong("Failures")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  default void refusedServer_callWithBody_movesWithTheBodyIntact(String method, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    String unused = balanceWithRefused(stage, a);
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Call call = Call.of(method, "http://orders/").with(Body.of("body " + i));
      assertThat(client.call(call).text()).isEqualTo("body " + i);
    }

    assertThat(a.received()).hasSize(4);
  }

  @Test
  @Requires(Capability.ANY_METHOD)
  default void refusedServer_callOfAnyMethod_moves(Stage stage) throws IOException {
    refusedServer_callWithoutBody_moves("PURGE", stage);
  }

  @Test
  @Requires(Capability.ANY_METHOD)
  default void refusedServer_callOfAnyMethodWithBody_moves(Stage stage) throws IOException {
    refusedServer_callWithBody_movesWithTheBodyIntact("PATCH", stage);
  }

  @Test
  default void refusedServer_oneShotBody_isReadOnce(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    String unused = balanceWithRefused(stage, a);
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Body body = Body.oneShot("body " + i);

      assertThat(client.call(Call.post("http://orders/", body)).text()).isEqualTo("body " + i);
      assertThat(body.timesOpened()).isEqualTo(1);
    }

    assertThat(a.received()).hasSize(4);
  }

  /** Gives the URL that refuses. */
  private static String balanceWithRefused(Stage stage, TestServer live) throws IOException {
    String refused = stage.fleet().refusedUrl();
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(refused).server(live));
    return refused;
  }

  @Test
  default void unknownServerName_callMoves(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server("http://nowhere.test:80").server(a));

    assertThat(Stage.servedBy(stage.client(), "http://orders/", 4)).containsOnly("a");
  }

  @Test
  @Requires(Capability.CONNECT_TIMEOUT_OF_A_CONNECTION)
  default void silentServer_callMovesWhenTheClientsConnectTimeoutIsOver(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    String silent = stage.fleet().silentUrl();
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(silent).server(a));
    Client client = stage.client(ClientOptions.PLAIN.withTimeout(Duration.ofSeconds(1)));

    assertThat(Stage.servedBy(client, "http://orders/", 2)).containsOnly("a");

    assertThat(stage.balance().server(Stage.SERVICE, silent).failures()).isBetween(1L, 2L);
  }

  @Test
  default void allRefused_callFailsAsTheClientAlone(Stage stage) throws IOException {
    String refused = stage.fleet().refusedUrl();
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE).server(refused).server(stage.fleet().refusedUrl()));
    Client client = stage.client();

    Throwable direct = catchThrowable(() -> client.call(Call.get(refused + "/")));
    Throwable balanced = catchThrowable(() -> client.call(Call.get("http://orders/")));

    assertThat(direct).isInstanceOf(ConnectException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass());
  }

  @Test
  default void attempts_ofOneCall_areThreeOnThreeServers(Stage stage) throws IOException {
    ServiceConfig service = ServiceConfig.named(Stage.SERVICE);
    for (int i = 0; i < 5; i++) {
      service = service.server(stage.fleet().refusedUrl());
    }
    stage.balance().apply(service);
    Client client = stage.client();

    Throwable failure = catchThrowable(() -> client.call(Call.get("http://orders/")));

    assertThat(failure).isInstanceOf(ConnectException.class);
    assertThat(stage.balance().servers().stream().map(server -> server.calls()).sorted())
        .containsExactly(0L, 0L, 1L, 1L, 1L);
    assertThat(stage.service().getLong("Retries")).isEqualTo(2);
    assertThat(stage.service().getLong("Failures")).isEqualTo(1);
  }

  @Test
  default void killedServer_withKeptConnections_callsContinue(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client();
    List<String> before = Stage.servedBy(client, "http://orders/", 4);

    stage.kill(a);
    List<String> after = Stage.servedBy(client, "http://orders/", 8);

    assertThat(before).contains("a", "b");
    assertThat(after).containsOnly("b");
  }

  @Test
  default void allOut_callFailsWithTheReasonOfEach(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    stage.bean(a).fence();
    stage.bean(b).fence();
    Client client = stage.client();

    Throwable failure = catchThrowable(() -> client.call(Call.get("http://orders/")));

    assertThat(failure)
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage(
            "service orders: no server available (%s fenced; %s fenced)"
                .formatted(a.url(), b.url()));
    assertThat(a.received()).isEmpty();
    assertThat(b.received()).isEmpty();
  }
}
