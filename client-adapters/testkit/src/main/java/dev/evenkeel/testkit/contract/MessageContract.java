package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rarer parts of HTTP's messages. Not thread-safe; one per test. */
interface MessageContract extends Contract {
  @Test
  @Requires(Capability.EXPECT_CONTINUE)
  default void expectContinue_answeredLate_keepsTheBodyBackUntilThen(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.continuesAfter(gate);
    // A refused server first: nothing of the expectation is lost on the way to the next.
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(stage.fleet().refusedUrl()).server(a));
    Body body = Body.oneShot("the body");
    Call call = Call.post("http://orders/", body).header("Expect", "100-continue");

    CompletableFuture<Reply> reply = stage.client().callAsync(call);
    gate.awaitArrivals(1);
    assertThat(body.timesOpened()).isZero();
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    gate.open();

    assertThat(reply.get().text()).isEqualTo("the body");
    assertThat(a.received()).hasSize(1);
    assertThat(a.received().get(0).header("Expect")).isEqualToIgnoringCase("100-continue");
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  @Requires(Capability.TRAILERS)
  default void trailers_ofAChunkedBody_areTheApplications(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.trailer("a text in chunks", "X-Sum", "42"));
    stage.balanceOver(a);

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("a text in chunks");
      assertThat(reply.trailers().get()).containsEntry("x-sum", List.of("42"));
    }
  }

  @Test
  default void head_thatAnnouncesABody_endsWithoutOne(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.announcing("a body that HEAD does not get"));
    stage.balanceOver(a);
    Client client = stage.client();

    Reply direct = client.call(Call.of("HEAD", a.url() + "/"));
    String directText = direct.text();
    Reply balanced = client.call(Call.of("HEAD", "http://orders/"));

    assertThat(balanced.text()).isEqualTo(directText).isEmpty();
    assertThat(balanced.headers()).isEqualTo(direct.headers());
    // The connection is still good for a call with an answer.
    assertThat(client.call(Call.get("http://orders/")).text()).startsWith("a body");
    assertThat(a.received())
        .extracting(request -> request.method())
        .containsExactly("HEAD", "HEAD", "GET");
  }
}
