package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Every call begins once and ends once, however it is made and however it ends. Not thread-safe;
 * one per test.
 */
interface LifecycleContract extends Contract {
  int CROWD = 200;

  @Test
  default void attempt_isInFlightUntilItsBodyIsRead(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.text("body"));
    stage.balanceOver(a);

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(stage.bean(a).inFlight()).isEqualTo(1);
      assertThat(reply.text()).isEqualTo("body");
    }
    assertThat(stage.bean(a).inFlight()).isZero();
  }

  @Test
  default void attempt_withoutABody_endsWithTheReply(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.status(204));
    stage.balanceOver(a);
    Client client = stage.client();

    client.call(Call.get("http://orders/")).close();
    client.call(Call.of("HEAD", "http://orders/")).close();

    assertThat(stage.bean(a).inFlight()).isZero();
  }

  @Test
  default void attempt_closedEarly_ends(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.streamed(1 << 20, gate));
    stage.balanceOver(a);
    Client client = stage.client();

    Reply reply = client.call(Call.get("http://orders/"));
    assertThat(reply.body().read()).isZero();
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    gate.open();
    reply.close();

    stage.bean(a).awaitInFlight(0);
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  default void attempt_thatFails_ends(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.dropped());
    stage.balanceOver(a);
    Client client = stage.client();

    Throwable failure =
        catchThrowable(() -> client.call(Call.post("http://orders/", Body.of("body"))));

    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).failures()).isEqualTo(1);
  }

  @Test
  @Requires(Capability.CANCEL)
  default void attempt_cancelled_endsAndIsNotTheServersFault(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    b.answers(Script.held(gate, Script.echo()));
    stage.balanceOver(a, b);
    Client client = stage.client();

    CompletableFuture<Reply> call = client.callAsync(Call.get("http://orders/"));
    gate.awaitArrivals(1);
    assertThat(stage.bean(a).inFlight() + stage.bean(b).inFlight()).isEqualTo(1);
    call.cancel(true);

    stage.bean(a).awaitInFlight(0);
    stage.bean(b).awaitInFlight(0);
    assertThat(a.received().size() + b.received().size()).isEqualTo(1);
    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isZero();
  }

  @Test
  @Requires(Capability.ASYNC)
  default void asyncCalls_areBalancedExactly(Stage stage) throws Exception {
    List<TestServer> servers = balanceFiveThreeTwo(stage);
    Client client = stage.client();

    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      calls.add(client.callAsync(Call.post("http://orders/", Body.of("body " + i))));
    }

    for (int i = 0; i < CROWD; i++) {
      assertThat(calls.get(i).get().text()).isEqualTo("body " + i);
    }
    assertThat(servers).extracting(server -> server.received().size()).containsExactly(100, 60, 40);
  }

  @Test
  @Requires(Capability.ASYNC)
  default void asyncCall_toARefusedServer_moves(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(stage.fleet().refusedUrl()).server(a));
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Call call = Call.post("http://orders/", Body.oneShot("body " + i));
      assertThat(client.callAsync(call).get().text()).isEqualTo("body " + i);
    }
  }

  @Test
  @Requires(Capability.ASYNC)
  default void asyncCall_withNoServer_failsWithAConnectException(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    stage.bean(a).fence();
    Client client = stage.client();

    assertThatThrownBy(() -> client.callAsync(Call.get("http://orders/")).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available (%s fenced)".formatted(a.url()));
  }

  @Test
  default void concurrentCalls_onAThreadEach_areBalancedExactly(Stage stage) throws Exception {
    List<TestServer> servers = balanceFiveThreeTwo(stage);
    Gate gate = stage.fleet().gate();
    servers.forEach(server -> server.answers(Script.held(gate, Script.echo())));
    Client client = stage.client();

    ExecutorService threads = threadForEach();
    List<Future<String>> calls = new ArrayList<>();
    try {
      for (int i = 0; i < CROWD; i++) {
        Call call = Call.post("http://orders/", Body.of("body " + i));
        calls.add(threads.submit(() -> client.call(call).text()));
      }
      gate.awaitArrivals(CROWD);
      assertThat(stage.balance().servers().stream().mapToInt(server -> server.inFlight()).sum())
          .isEqualTo(CROWD);
      gate.open();
      for (int i = 0; i < CROWD; i++) {
        assertThat(calls.get(i).get()).isEqualTo("body " + i);
      }
    } finally {
      gate.open();
      threads.shutdownNow();
    }

    assertThat(servers).extracting(server -> server.received().size()).containsExactly(100, 60, 40);
  }

  @Test
  @Requires(Capability.WEB_SOCKET)
  default void webSockets_areBalanced(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.webSocketEcho());
    b.answers(Script.webSocketEcho());
    stage.balanceOver(a, b);
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      assertThat(client.webSocketEcho("http://orders/socket", "hello " + i))
          .isEqualTo("hello " + i);
    }

    assertThat(List.of(a, b)).extracting(server -> server.received().size()).containsOnly(2);
  }

  private static List<TestServer> balanceFiveThreeTwo(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer c = stage.fleet().http("c");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(a, 5).server(b, 3).server(c, 2));
    return List.of(a, b, c);
  }

  /** Virtual threads where the JDK has them (21 and later), else a platform thread for each. */
  private static ExecutorService threadForEach() throws ReflectiveOperationException {
    if (Runtime.version().feature() < 21) {
      return Executors.newCachedThreadPool();
    }
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
