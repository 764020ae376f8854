package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A response that counts as an error is given up, and the call goes to the fallback whole. Not
 * thread-safe; one per test.
 */
interface FailoverErrorsContract extends Contract {
  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void status_inTheRange_movesAGet(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    failover(stage, a.url(), b, "500-503");

    String target = targetOfADirectCall(stage, "/a%2Fb?c=%20");

    Call call = Call.get("http://orders:8080/a%2Fb?c=%20").header("X-One", "1");
    try (Reply reply = stage.client().call(call)) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.server()).isEqualTo("b");
      assertThat(reply.url()).isEqualTo("http://orders:8080" + target);
    }

    Received second = b.received().get(0);
    assertThat(a.received()).hasSize(1);
    assertThat(b.received()).hasSize(1);
    assertThat(second.requestLine()).isEqualTo(a.received().get(0).requestLine());
    assertThat(second.authority()).isEqualTo("orders:8080");
    assertThat(second.headers("X-One")).containsExactly("1");
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isEqualTo(1);
    assertThat(stage.service().getLong("Failures")).isZero();
    assertThat(stage.balance().server("main", a.url()).calls()).isEqualTo(1);
    assertThat(stage.balance().server("backup", b.url()).calls()).isEqualTo(1);
  }

  /**
   * What the client says that it called: some versions decode a path that the application wrote.
   */
  private static String targetOfADirectCall(Stage stage, String target) throws IOException {
    TestServer direct = stage.fleet().http("direct");
    try (Reply reply = stage.client().call(Call.get(direct.url() + target))) {
      return reply.url().substring(direct.url().length());
    }
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void status_outOfTheRange_isTheAnswer(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 504);
    TestServer b = stage.fleet().http("b");
    failover(stage, a.url(), b, "500-503");

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(reply.status()).isEqualTo(504);
    }
    assertThat(b.received()).isEmpty();
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void post_repeatable_arrivesWhole(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    failover(stage, a.url(), b, "503");
    String text = "0123456789".repeat(20_000);

    assertThat(stage.client().call(Call.post("http://orders/", Body.of(text))).text())
        .isEqualTo(text);

    assertThat(a.received().get(0).body()).isEqualTo(text);
    assertThat(b.received().get(0).headers("Content-Length")).containsExactly("200000");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requires(Capability.FAILOVER_ERRORS)
  default void post_oneShot_arrivesWhole(boolean isLengthKnown, Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    failover(stage, a.url(), b, "503");
    String text = "0123456789".repeat(20_000);
    Body body = oneShot(text, isLengthKnown);

    assertThat(stage.client().call(Call.post("http://orders/", body)).text()).isEqualTo(text);

    assertThat(body.timesOpened()).isEqualTo(1);
    assertThat(a.received().get(0).body()).isEqualTo(text);
    assertThat(b.received().get(0).headers("Content-Length"))
        .isEqualTo(a.received().get(0).headers("Content-Length"));
    assertThat(b.received().get(0).headers("Transfer-Encoding"))
        .isEqualTo(a.received().get(0).headers("Transfer-Encoding"));
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void post_oneShotOverTheLimit_getsTheFirstResponse(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    failover(stage, a.url(), b, "503", ", maxRequestBodyBytes: 5");
    Client client = stage.client();

    try (Reply reply = client.call(Call.post("http://orders/", oneShot("123456", false)))) {
      assertThat(reply.status()).isEqualTo(503);
    }
    assertThat(b.received()).isEmpty();
    assertThat(client.call(Call.post("http://orders/", oneShot("12345", false))).servedBy())
        .isEqualTo("b");
  }

  @Test
  @Requires({Capability.FAILOVER_ERRORS, Capability.TOO_LARGE_RESPONSE})
  default void post_knownToBeOverTheLimit_isRefused(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    failover(stage, a.url(), b, "503", ", maxRequestBodyBytes: 5");
    Client client = stage.client();

    for (int i = 0; i < 2; i++) {
      try (Reply reply = client.call(Call.post("http://orders/", Body.of("123456")))) {
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text()).isEqualTo("Request body too large\n");
      }
    }
    assertThat(a.received()).isEmpty();
    assertThat(client.call(Call.post("http://orders/", Body.of("12345"))).text())
        .isEqualTo("12345");
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void fallbacksOwnError_isTheAnswer(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 503);
    TestServer b = answering(stage, "b", 500);
    failover(stage, a.url(), b, "500-503");

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.server()).isEqualTo("b");
    }
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void fallbackFenced_firstResponseIsTheAnswer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(request -> Script.text("sorry").answer(request).code(503));
    failover(stage, a.url(), b, "503");
    stage.balance().server("backup", b.url()).fence();

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).isEqualTo("sorry");
    }
  }

  @Test
  @Requires({Capability.FAILOVER_ERRORS, Capability.COOKIES})
  default void cookies_ofAResponseThatIsGivenUp_areNotStored(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(request -> Script.header("Set-Cookie", "from=a").answer(request).code(503));
    b.answers(Script.header("Set-Cookie", "of=b"));
    failover(stage, a.url(), b, "503");
    Client client = stage.client(ClientOptions.PLAIN.withCookieStore());

    for (int i = 0; i < 3; i++) {
      assertThat(client.call(Call.get("http://orders/")).servedBy()).isEqualTo("b");
    }

    assertThat(b.received().get(0).headers("Cookie")).isEmpty();
    assertThat(b.received().get(2).headers("Cookie")).containsExactly("of=b");
    assertThat(a.received().get(2).headers("Cookie")).containsExactly("of=b");
  }

  @Test
  @Requires({Capability.FAILOVER_ERRORS, Capability.REDIRECTS})
  default void redirect_ofTheFallback_isFollowed(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 302);
    TestServer b = stage.fleet().http("b");
    a.answers(
        request ->
            request.target().equals("/")
                ? Script.redirect(302, "/wrong").answer(request)
                : Script.text("arrived").answer(request));
    b.answers(Script.redirect(307, "/right"));
    failover(stage, a.url(), b, "302");
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    try (Reply reply = client.call(Call.get("http://orders/"))) {
      assertThat(reply.url()).isEqualTo("http://orders/right");
      assertThat(reply.text()).isEqualTo("arrived");
    }
    assertThat(a.received()).extracting(Received::target).containsExactly("/", "/right");
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void failovers_nested_areFollowedToTheEnd(Stage stage) throws IOException {
    TestServer a = answering(stage, "a", 503);
    TestServer b = answering(stage, "b", 502);
    TestServer c = stage.fleet().http("c");
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: inner, fallback: last, errors: { status: [ 500-599 ] }"
                + " } }\n    inner: { failover: { service: main, fallback: backup, errors: {"
                + " status: [ 503 ] } } }",
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("backup").server(b),
            ServiceConfig.named("last").server(c));

    Body body = oneShot("body", false);
    assertThat(stage.client().call(Call.post("http://orders/", body)).text()).isEqualTo("body");

    assertThat(List.of(a.received().size(), b.received().size(), c.received().size()))
        .containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  @Requires(Capability.FAILOVER_ERRORS)
  default void connectionLost_with502InTheRange_movesTheCall(String method, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.dropped());
    failover(stage, a.url(), b, "502");

    assertThat(stage.client().call(call(method)).servedBy()).isEqualTo("b");

    assertThat(a.received()).hasSize(1);
    assertThat(stage.service().getLong("Failures")).isZero();
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void connectionLost_with502NotInTheRange_failsAsEver(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.dropped());
    failover(stage, a.url(), b, "503-504");
    Client client = stage.client();

    assertThat(catchThrowable(() -> client.call(call("POST")).text()))
        .isInstanceOf(IOException.class);
    assertThat(b.received()).isEmpty();
  }

  /** Where a timeout is the whole call's, no time is left. */
  @Test
  @Requires({Capability.FAILOVER_ERRORS, Capability.CONNECT_TIMEOUT_OF_A_CONNECTION})
  default void readTimeout_with504InTheRange_movesTheCall(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.held(stage.fleet().gate(), Script.echo()));
    failover(stage, a.url(), b, "504");
    ClientOptions impatient = ClientOptions.PLAIN.withTimeout(Duration.ofMillis(300));

    assertThat(stage.client(impatient).call(call("POST")).servedBy()).isEqualTo("b");

    assertThat(stage.balance().server("main", a.url()).failures()).isEqualTo(1);
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void largeErrorResponse_isGivenUpAndTheNextCallWorks(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(request -> Script.text("x".repeat(1_000_000)).answer(request).code(503));
    failover(stage, a.url(), b, "503");
    Client client = stage.client();

    assertThat(Stage.servedBy(client, "http://orders/", 5)).containsOnly("b");
    assertThat(a.received()).hasSize(5);
  }

  private static Call call(String method) {
    Call call = Call.of(method, "http://orders/");
    return method.equals("POST") ? call.with(Body.of("body")) : call;
  }

  private static Body oneShot(String text, boolean isLengthKnown) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Body.oneShot(new ByteArrayInputStream(bytes), isLengthKnown ? bytes.length : -1);
  }

  private static TestServer answering(Stage stage, String name, int status) throws IOException {
    TestServer server = stage.fleet().http(name);
    server.answers(Script.status(status));
    return server;
  }

  private static void failover(
      Stage stage, String url, TestServer fallback, String status, String... more) {
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: main, fallback: backup, errors: { status: [ "
                + status
                + " ]"
                + String.join("", more)
                + " } } }",
            ServiceConfig.named("main").server(url),
            ServiceConfig.named("backup").server(fallback));
  }
}
