package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers whose probe fails get no calls. Not thread-safe; one per test. */
interface HealthContract extends Contract {
  String PROBE_TARGET = "/health";

  @Test
  default void server_whoseProbeFails_isAvoidedUntilItRecovers(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    b.answers(probeAnswering(503));
    probed(stage, a, b);
    Client client = stage.client();
    stage.bean(a).awaitState("UP");
    stage.bean(b).awaitState("DOWN");

    assertThat(Stage.servedBy(client, "http://orders/", 6)).containsOnly("a");
    assertThat(stage.bean(b).calls()).isZero();

    b.answers(probeAnswering(200));
    stage.bean(b).awaitState("UP");
    // The verdict is seen at once, and takes effect a little later: changes are gathered.
    Await.until(
        "b takes calls", () -> client.call(Call.get("http://orders/")).servedBy().equals("b"));

    assertThat(Stage.servedBy(client, "http://orders/", 6))
        .containsExactlyInAnyOrder("a", "a", "a", "b", "b", "b");
  }

  @Test
  default void server_whoseProbeIsRefused_isAvoided(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    b.kill();
    probed(stage, a, b);
    stage.bean(a).awaitState("UP");
    stage.bean(b).awaitState("DOWN");

    assertThat(Stage.servedBy(stage.client(), "http://orders/", 6)).containsOnly("a");
    assertThat(stage.bean(b).calls()).isZero();
  }

  @Test
  default void servers_downAndFenced_areNamedWithTheirReasons(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(probeAnswering(503));
    probed(stage, a, b);
    stage.bean(a).awaitState("DOWN");
    stage.bean(b).awaitState("UP");
    stage.bean(b).fence();
    Client client = stage.client();

    Throwable failure = catchThrowable(() -> client.call(Call.get("http://orders/")));

    assertThat(failure)
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage(
            "service orders: no server available (%s down: probe answered 503; %s fenced)"
                .formatted(a.url(), b.url()));
  }

  @Test
  default void verdict_survivesAReload(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    b.answers(probeAnswering(503));
    probed(stage, a, b);
    stage.bean(b).awaitState("DOWN");

    probed(stage, a, b, stage.fleet().http("c"));

    assertThat(stage.bean(b).state()).isEqualTo("DOWN");
    assertThat(Stage.servedBy(stage.client(), "http://orders/", 6)).doesNotContain("b");
  }

  @Test
  default void fencedServer_getsNoCallsUntilUnfenced(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client();

    stage.bean(b).fence();
    assertThat(Stage.servedBy(client, "http://orders/", 4)).containsOnly("a");

    stage.bean(b).unfence();
    assertThat(stage.bean(b).state()).isEqualTo("UP");
    assertThat(Stage.servedBy(client, "http://orders/", 4))
        .containsExactlyInAnyOrder("a", "a", "b", "b");
  }

  private static Script probeAnswering(int status) {
    return Script.byTarget(Map.of(PROBE_TARGET, Script.status(status)), Script.echo());
  }

  private static void probed(Stage stage, TestServer... servers) {
    ServiceConfig service =
        ServiceConfig.named(Stage.SERVICE)
            .option(
                "healthCheck: { path: "
                    + PROBE_TARGET
                    + ", interval: 6s, unhealthyInterval: 100ms, timeout: 5s }");
    for (TestServer server : servers) {
      service = service.server(server);
    }
    stage.balance().apply(service);
  }
}
