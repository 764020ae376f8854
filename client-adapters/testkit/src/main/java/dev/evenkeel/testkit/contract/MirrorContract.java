package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.Bean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Mirrors get their share of the calls, and no call feels them. Not thread-safe; one per test. */
interface MirrorContract extends Contract {
  @Test
  @Requires(Capability.MIRRORS)
  default void percent_overAHundredCalls_isExact(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer tenth = stage.fleet().http("tenth");
    TestServer half = stage.fleet().http("half");
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: tenth, percent: 10 },"
                + " { name: half, percent: 50 } ] } }",
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("tenth").server(tenth),
            ServiceConfig.named("half").server(half));
    Client client = stage.client();

    for (int i = 1; i <= 100; i++) {
      assertThat(client.call(Call.get("http://orders/" + i)).servedBy()).isEqualTo("a");
    }

    Await.until(
        "60 copies have arrived", () -> tenth.received().size() + half.received().size() == 60);
    assertThat(tenth.received())
        .extracting(Received::target)
        .containsExactlyInAnyOrder(
            "/1", "/11", "/21", "/31", "/41", "/51", "/61", "/71", "/81", "/91");
    assertThat(half.received()).hasSize(50);
    assertThat(Mirroring.orders(stage).getLong("MirrorsSent")).isEqualTo(60);
    assertThat(Mirroring.orders(stage).getLong("MirrorsDropped")).isZero();
    assertThat(Mirroring.orders(stage).getLong("Calls")).isEqualTo(100);
    assertThat(stage.balance().service("half").getLong("Calls")).isEqualTo(50);
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void mirror_thatIsDead_isNotFelt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    Mirroring.mirrorAll(stage, a.url(), stage.fleet().refusedUrl());

    assertNotFelt(stage, a);

    Bean shadow = stage.balance().service("shadow");
    Await.until("all copies have failed", () -> shadow.getLong("Failures") == 10);
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void mirror_thatHangs_isNotFelt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Gate gate = stage.fleet().gate();
    mirror.answers(Script.held(gate, Script.echo()));
    Mirroring.mirrorAll(stage, a.url(), mirror.url());

    assertNotFelt(stage, a);
    gate.awaitArrivals(8); // what a mirror alone may have under way
    gate.open();

    Await.until(
        "all copies are answered",
        () -> mirror.received().size() == 10 && Mirroring.inFlight(stage) == 0);
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void mirror_thatFails_isNotFelt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    mirror.answers(Script.dropped());
    Mirroring.mirrorAll(stage, a.url(), mirror.url());

    assertNotFelt(stage, a);

    Bean shadow = stage.balance().service("shadow");
    Await.until("all copies have failed", () -> shadow.getLong("Failures") == 10);
  }

  private static void assertNotFelt(Stage stage, TestServer server) throws IOException {
    Client client = stage.client();
    for (int i = 0; i < 10; i++) {
      Call call = Call.post("http://orders/", Body.oneShot("body " + i));
      try (Reply reply = client.call(call)) {
        assertThat(reply.text()).isEqualTo("body " + i);
      }
    }
    assertThat(server.received()).hasSize(10);
    assertThat(Mirroring.orders(stage).getLong("Failures")).isZero();
    assertThat(Mirroring.orders(stage).getLong("MirrorsSent")).isEqualTo(10);
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void call_whoseServerFails_isMirrored(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    a.answers(Script.dropped());
    Mirroring.mirrorAll(stage, a.url(), mirror.url());
    Client client = stage.client();

    Throwable failure =
        catchThrowable(() -> client.call(Call.post("http://orders/", Body.of("body"))));

    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(Mirroring.awaitCopy(mirror).body()).isEqualTo("body");
  }

  @Test
  @Requires({Capability.MIRRORS, Capability.CANCEL})
  default void call_cancelled_isNotMirrored(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    Mirroring.mirrorAll(stage, a.url(), mirror.url());
    Client client = stage.client();

    CompletableFuture<Reply> call = client.callAsync(Call.get("http://orders/cancelled"));
    gate.awaitArrivals(1);
    call.cancel(true);
    Await.until("the call has ended", () -> Mirroring.inFlight(stage) == 0);
    gate.open();
    assertThat(client.call(Call.get("http://orders/next")).text()).isEmpty();

    assertThat(Mirroring.awaitCopy(mirror).target()).isEqualTo("/next");
    assertThat(Mirroring.orders(stage).getLong("MirrorsSent")).isEqualTo(1);
    assertThat(Mirroring.orders(stage).getLong("MirrorsDropped")).isZero();
  }
}
