package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A response that the application loses without closing it is not in flight for ever. Not
 * thread-safe; one per test.
 */
interface LeakContract extends Contract {
  String LOST = "/lost";

  @Test
  default void lostResponse_ofAnApplicationThatGoesOn_isNoLongerInFlight(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.text("body"));
    stage.balanceOver(a);
    Client client = stage.client();

    lose(client);

    awaitNothingInFlight(stage, a, client);
    assertThat(stage.bean(a).failures()).isZero();
    assertThat(stage.service().getLong("Failures")).isZero();
  }

  @Test
  @Requires(Capability.FORGETS_LOST_RESPONSES)
  default void lostResponse_whoseBodyIsStillComing_isNoLongerInFlight(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.byTarget(Map.of(LOST, Script.streamed(1 << 17, gate)), Script.text("body")));
    stage.balanceOver(a);
    Client client = stage.client();

    lose(client);
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);

    awaitNothingInFlight(stage, a, client);
    assertThat(stage.bean(a).failures()).isZero();
    assertThat(stage.service().getLong("Failures")).isZero();
    gate.open();
  }

  /** Nobody holds the reply when this returns. */
  private static void lose(Client client) throws IOException {
    assertThat(client.call(Call.get("http://orders" + LOST)).status()).isEqualTo(200);
  }

  /** Some clients clean up while they make other calls. */
  private static void awaitNothingInFlight(Stage stage, TestServer server, Client client) {
    Await.until(
        "the lost call is no longer in flight",
        () -> {
          System.gc();
          assertThat(client.call(Call.get("http://orders/")).text()).isEqualTo("body");
          return stage.bean(server).inFlight() == 0;
        });
  }
}
