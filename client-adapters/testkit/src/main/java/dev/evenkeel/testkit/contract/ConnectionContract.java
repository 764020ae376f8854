package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pools, keep-alive and multiplexing work for each server. Not thread-safe; one per test. */
interface ConnectionContract extends Contract {
  @Test
  default void connections_areKeptForEachServer(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);

    List<String> servers = Stage.servedBy(stage.client(), "http://orders/", 12);

    assertThat(servers).containsOnly("a", "b");
    assertThat(a.connections()).isEqualTo(1);
    assertThat(b.connections()).isEqualTo(1);
  }

  @Test
  default void connection_toOneServer_isNeverUsedForAnother(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client();

    for (int i = 0; i < 6; i++) {
      String served = client.call(Call.get("http://orders/" + i)).servedBy();
      TestServer server = served.equals("a") ? a : b;

      assertThat(server.received("/" + i)).hasSize(1);
    }
    assertThat(a.received()).hasSize(3);
    assertThat(b.received()).hasSize(3);
  }

  @Test
  @Requires(Capability.HTTP_2)
  default void http2_toTheServer_isMultiplexed(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));
    // One connection each, so that the calls that follow find it.
    assertThat(Stage.servedBy(client, "https://orders/", 2)).containsExactlyInAnyOrder("a", "b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    b.answers(Script.held(gate, Script.echo()));

    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(client.callAsync(Call.get("https://orders/")));
    }
    gate.awaitArrivals(10);
    gate.open();
    for (CompletableFuture<Reply> call : calls) {
      assertThat(call.get().servedBy()).isIn("a", "b");
    }

    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(6);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).isEqualTo("GET / HTTP/2");
                assertThat(request.header(":authority")).isEqualTo("orders");
                assertThat(request.header(":scheme")).isEqualTo("https");
              });
    }
  }
}
