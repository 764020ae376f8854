package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A change of the configuration loses no call and no state. Not thread-safe; one per test. */
interface ReloadContract extends Contract {
  @Test
  default void reload_withCallsInFlight_letsThemEnd(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.text("late")));
    stage.balanceOver(a);
    Client client = stage.client();
    CompletableFuture<Reply> underWay = client.callAsync(Call.get("http://orders/"));
    gate.awaitArrivals(1);

    stage.balanceOver(b);

    assertThat(underWay).isNotDone();
    assertThat(Stage.servedBy(client, "http://orders/", 2)).containsOnly("b");
    gate.open();
    assertThat(underWay.get().text()).isEqualTo("late");
  }

  @Test
  default void reload_addsAndRemovesServers(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer c = stage.fleet().http("c");
    Client client = stage.client();

    stage.balanceOver(a, b);
    assertThat(Stage.servedBy(client, "http://orders/", 4)).containsOnly("a", "b");

    stage.balanceOver(b, c);
    assertThat(Stage.servedBy(client, "http://orders/", 4)).containsOnly("b", "c");
  }

  @Test
  default void reload_withoutTheService_leavesItsCallsAlone(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    Client client = stage.client();
    assertThat(client.call(Call.get("http://orders/")).servedBy()).isEqualTo("a");

    stage.balance().clear();

    assertThatThrownBy(() -> client.call(Call.get("http://orders/")))
        .isInstanceOfAny(UnknownHostException.class, ConnectException.class)
        .matches(failure -> !String.valueOf(failure.getMessage()).contains("service"));
  }

  @Test
  default void reload_keepsPositionsAndCounts(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer c = stage.fleet().http("c");
    ServiceConfig service =
        ServiceConfig.named(Stage.SERVICE).server(a, 3).server(b, 2).server(c, 1);
    stage.balance().apply(service);
    Client client = stage.client();
    List<String> servers = new ArrayList<>();

    for (int i = 0; i < 12; i++) {
      servers.addAll(Stage.servedBy(client, "http://orders/", 1));
      stage.balance().apply(service, ServiceConfig.named("other" + i).server(a));
    }

    for (int first = 0; first + 6 <= servers.size(); first++) {
      assertThat(servers.subList(first, first + 6))
          .containsExactlyInAnyOrder("a", "a", "a", "b", "b", "c");
    }
    assertThat(stage.bean(a).calls()).isEqualTo(6);
  }

  @Test
  default void file_changed_isAppliedWithoutBeingAsked(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a);

    stage.balance().write(ServiceConfig.named(Stage.SERVICE).server(b, 1000));
    Await.until("the change is noticed", () -> stage.bean(b).isRegistered());

    assertThat(Stage.servedBy(stage.client(), "http://orders/", 3)).containsOnly("b");
  }

  @Test
  default void reload_ofABrokenFile_keepsTheLastGood(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    stage.balance().reload("http:\n  services:\n    orders:\n      loadBalancr: {}\n");

    assertThat(stage.balance().agent().getText("LastError")).contains("loadBalancr");
    assertThat(Stage.servedBy(stage.client(), "http://orders/", 3)).containsOnly("a");
    stage.balanceOver(a);
    assertThat(stage.balance().agent().getText("LastError")).isEmpty();
  }
}
