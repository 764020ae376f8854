package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What is seen and changed over JMX. Not thread-safe; one per test. */
interface OperationsContract extends Contract {
  @Test
  default void weight_setOverJmx_isInForceAtTheNextCallAndSurvivesAReload(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client();
    ServerBean bean = stage.bean(a);

    bean.setWeight(5);
    assertThat(bean.weight()).isEqualTo(5);
    assertThat(bean.getLong("EffectiveWeight")).isEqualTo(5);
    assertThat(callsToA(client)).isEqualTo(5);

    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(a, 2).server(b).option("strategy: wrr"));
    assertThat(bean.weight()).isEqualTo(5);
    assertThat(callsToA(client)).isEqualTo(5);

    bean.resetWeight();
    assertThat(bean.weight()).isEqualTo(2);
    assertThat(callsToA(client)).isEqualTo(4);
  }

  @Test
  default void weight_setToZeroOverJmx_takesTheServerOut(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client();

    stage.bean(a).setWeight(0);
    assertThat(callsToA(client)).isZero();

    stage.bean(a).resetWeight();
    assertThat(callsToA(client)).isEqualTo(3);
  }

  /** Of six calls. */
  private static int callsToA(Client client) throws IOException {
    return Collections.frequency(Stage.servedBy(client, "http://orders/", 6), "a");
  }

  @Test
  default void calls_areCounted(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    b.answers(Script.status(500));
    stage.balanceOver(a, b);

    assertThat(Stage.servedBy(stage.client(), "http://orders/", 6)).contains("a", "b");

    assertThat(stage.bean(a).calls()).isEqualTo(3);
    assertThat(stage.bean(b).calls()).isEqualTo(3);
    assertThat(stage.bean(a).failures()).isZero();
    assertThat(stage.service().getLong("Calls")).isEqualTo(6);
  }

  @Test
  default void state_withoutAHealthCheck_isUp(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    assertThat(stage.bean(a).state()).isEqualTo("UP");
    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.client().call(Call.get("http://orders/")).servedBy()).isEqualTo("a");
  }
}
