package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A client around the library's, of a type of the application's own: a call through both is one
 * exchange. Not thread-safe; one per test.
 */
interface WrappedContract extends Contract {
  @Test
  default void calls_throughAWrappedClient_countOnce(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(a, 2).server(b, 1));
    AtomicInteger passes = new AtomicInteger();
    Client client = stage.client(ClientOptions.PLAIN.wrapped(passes::incrementAndGet));

    List<String> servers = Stage.servedBy(client, "http://orders/", 6);
    for (int i = 0; i < 6; i++) {
      Call post = Call.post("http://orders/", Body.of("body " + i));
      assertThat(client.call(post).text()).isEqualTo("body " + i);
    }

    assertThat(passes).hasValue(12);
    assertThat(servers.subList(0, 3)).containsExactlyInAnyOrder("a", "a", "b");
    assertThat(servers.subList(3, 6)).containsExactlyInAnyOrder("a", "a", "b");
    assertThat(a.received()).hasSize(8);
    assertThat(b.received()).hasSize(4);
    assertThat(stage.bean(a).calls()).isEqualTo(8);
    assertThat(stage.bean(b).calls()).isEqualTo(4);
    assertThat(stage.service().getLong("Calls")).isEqualTo(12);
  }

  @Test
  default void calls_throughAWrappedClientAtOnce_countOnce(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    AtomicInteger passes = new AtomicInteger();
    Client client = stage.client(ClientOptions.PLAIN.wrapped(passes::incrementAndGet));

    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(client.callAsync(Call.get("http://orders/")));
    }
    for (CompletableFuture<Reply> call : calls) {
      assertThat(call.get().servedBy()).isIn("a", "b");
    }

    assertThat(passes).hasValue(10);
    assertThat(a.received()).hasSize(5);
    assertThat(b.received()).hasSize(5);
    assertThat(stage.service().getLong("Calls")).isEqualTo(10);
  }

  @Test
  default void call_throughAWrappedClient_movesOnce(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    String refused = stage.fleet().refusedUrl();
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(refused).server(a));
    AtomicInteger passes = new AtomicInteger();
    Client client = stage.client(ClientOptions.PLAIN.wrapped(passes::incrementAndGet));

    List<String> servers = Stage.servedBy(client, "http://orders/", 4);

    assertThat(servers).containsExactly("a", "a", "a", "a");
    assertThat(passes).hasValue(4);
    assertThat(a.received()).hasSize(4);
    ServerBean ofRefused = stage.balance().server(Stage.SERVICE, refused);
    assertThat(stage.service().getLong("Calls")).isEqualTo(4);
    assertThat(stage.service().getLong("Retries")).isEqualTo(ofRefused.calls()).isPositive();
  }
}
