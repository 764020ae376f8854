package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Calls made from within other calls. Not thread-safe; one per test. */
interface NestedContract extends Contract {
  @Test
  default void call_inAStageOfAnother_isAnExchangeOfItsOwn(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client();

    List<Reply> outer = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Reply>> inner = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Call next = Call.post("http://orders/inner", Body.of("body " + i));
      inner.add(
          client
              .callAsync(Call.get("http://orders/outer"))
              .thenCompose(
                  reply -> {
                    outer.add(reply);
                    return client.callAsync(next);
                  }));
    }

    for (int i = 0; i < 10; i++) {
      assertThat(inner.get(i).get().text()).isEqualTo("body " + i);
    }
    assertThat(outer).hasSize(10);
    for (Reply reply : outer) {
      assertThat(reply.servedBy()).isIn("a", "b");
    }
    assertThat(a.received()).hasSize(10);
    assertThat(b.received()).hasSize(10);
    assertThat(stage.service().getLong("Calls")).isEqualTo(20);
  }

  @Test
  @Requires(Capability.HOOK)
  default void call_inAHookOfAnother_isAnExchangeOfItsOwn(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Nested nested = new Nested();
    Client client = stage.client(ClientOptions.PLAIN.hooked(nested));
    boolean unused = nested.client.complete(client);

    String outer = client.call(Call.get("http://orders/outer")).servedBy();

    assertThat(nested.servers).hasSize(1).doesNotContain(outer);
    assertThat(a.received()).hasSize(1);
    assertThat(b.received()).hasSize(1);
  }

  @Test
  @Requires(Capability.HOOK)
  default void call_inAHookOfAnother_movesByItself(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    ServiceConfig refusing = ServiceConfig.named("orders").server(stage.fleet().refusedUrl());
    stage.balance().apply(refusing.server(a));
    Nested nested = new Nested();
    Client client = stage.client(ClientOptions.PLAIN.hooked(nested));
    boolean unused = nested.client.complete(client);

    for (int i = 0; i < 4; i++) {
      nested.isDone.set(false);
      Call call = Call.post("http://orders/outer", Body.of("outer " + i));
      assertThat(client.call(call).text()).isEqualTo("outer " + i);
    }

    assertThat(nested.servers).containsExactly("a", "a", "a", "a");
    assertThat(a.received("/inner")).hasSize(4);
    assertThat(a.received("/outer")).hasSize(4);
  }

  /** The application's code in the client: one call of its own for each time it is armed. */
  final class Nested implements Runnable {
    private final List<String> servers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isDone = new AtomicBoolean();
    private final CompletableFuture<Client> client = new CompletableFuture<>();

    @Override
    public void run() {
      if (!isDone.compareAndSet(false, true)) {
        return;
      }
      try {
        servers.add(client.join().call(Call.get("http://orders/inner")).servedBy());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
