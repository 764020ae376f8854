package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After anything was sent the agent tries nothing again. What the library itself does then, it does
 * as without the agent. Not thread-safe; one per test.
 */
interface SentFailureContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  default void readTimeout_failsAsDirectAndIsNotRetried(String method, Stage stage)
      throws IOException {
    List<TestServer> servers = balanced(stage);
    servers.forEach(server -> server.answers(Script.held(stage.fleet().gate(), Script.echo())));
    ClientOptions impatient = ClientOptions.PLAIN.withTimeout(Duration.ofMillis(300));

    Throwable direct = fails(stage.client(impatient), method, servers.get(0).url());
    // The client has sent it and lost patience; the server may have been slower than that to read.
    Await.until("the direct request is there", () -> requests(servers) == 1);
    Throwable balanced = fails(stage.client(impatient), method, "http://orders");
    Await.until("the balanced request is there", () -> requests(servers) == 2);

    assertThat(direct).isInstanceOfAny(SocketTimeoutException.class, HttpTimeoutException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass());
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  default void connectionLost_beforeTheAnswer_failsAsDirect(String method, Stage stage)
      throws IOException {
    List<TestServer> servers = balanced(stage);
    servers.forEach(server -> server.answers(Script.dropped()));

    Throwable direct = fails(stage.client(), method, servers.get(0).url());
    int directRequests = requests(servers);
    Throwable balanced = fails(stage.client(), method, "http://orders");

    assertThat(direct).isInstanceOf(IOException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass());
    assertThat(requests(servers)).isEqualTo(2 * directRequests);
  }

  @Test
  default void connectionLost_afterAPost_isNotRetried(Stage stage) throws IOException {
    List<TestServer> servers = balanced(stage);
    servers.forEach(server -> server.answers(Script.dropped()));

    Throwable balanced = fails(stage.client(), "POST", "http://orders");

    assertThat(balanced).isInstanceOf(IOException.class);
    assertThat(requests(servers)).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
    assertThat(stage.service().getLong("Failures")).isEqualTo(1);
  }

  @Test
  @Requires(Capability.BODY_LENGTH)
  default void connectionLost_inTheBody_failsAsDirectAndIsNotRetried(Stage stage)
      throws IOException {
    List<TestServer> servers = balanced(stage);
    servers.forEach(server -> server.answers(Script.broken()));

    Throwable direct = fails(stage.client(), "GET", servers.get(0).url());
    Throwable balanced = fails(stage.client(), "GET", "http://orders");

    assertThat(direct).isInstanceOf(IOException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass());
    assertThat(requests(servers)).isEqualTo(2);
    assertThat(stage.service().getLong("Retries")).isZero();
  }

  @Test
  default void serverError_isAnAnswerAndIsNotRetried(Stage stage) throws IOException {
    List<TestServer> servers = balanced(stage);
    servers.forEach(server -> server.answers(Script.status(500)));

    try (var reply = stage.client().call(Call.post("http://orders/", Body.of("body")))) {
      assertThat(reply.status()).isEqualTo(500);
    }
    assertThat(requests(servers)).isEqualTo(1);
  }

  @Test
  @Requires(Capability.REQUEST_BODY_FAILURE)
  default void requestBody_thatThrows_isHeldAgainstNoServer(Stage stage) throws IOException {
    List<TestServer> servers = balanced(stage);
    Body body = Body.oneShot(breakingOff(), -1);

    Throwable failure =
        catchThrowable(() -> stage.client().call(Call.post("http://orders/", body)).text());

    assertThat(failure).hasStackTraceContaining("the body's own failure");
    assertThat(body.timesOpened()).isEqualTo(1);
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
    assertThat(stage.service().getLong("Failures")).isZero();
    assertThat(servers).allSatisfy(server -> assertThat(stage.bean(server).failures()).isZero());
  }

  /**
   * What a library does about it is its own: it fails at once, or sends what it declared, or leaves
   * the server to wait for the rest. The application sees that, and no server is to blame for it.
   */
  @ParameterizedTest
  @ValueSource(ints = {-4, 4})
  @Requires(Capability.REQUEST_BODY_LENGTH)
  default void requestBody_ofAnotherLengthThanDeclared_failsAsDirectAndIsHeldAgainstNoServer(
      int surplusBytes, Stage stage) throws IOException {
    List<TestServer> servers = balanced(stage);
    ClientOptions impatient = ClientOptions.PLAIN.withTimeout(Duration.ofSeconds(1));
    Client client = stage.client(surplusBytes > 0 ? ClientOptions.PLAIN : impatient);
    Body ofDirect = Body.oneShot("a body", "a body".length() - surplusBytes);
    Body ofBalanced = Body.oneShot("a body", "a body".length() - surplusBytes);

    Throwable direct = sends(client, ofDirect, servers.get(0).url());
    Throwable balanced = sends(client, ofBalanced, "http://orders");

    assertThat(typeOf(balanced)).isEqualTo(typeOf(direct));
    assertThat(ofBalanced.timesOpened()).isEqualTo(1);
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
    assertThat(stage.service().getLong("Failures")).isZero();
    assertThat(servers).allSatisfy(server -> assertThat(stage.bean(server).failures()).isZero());
  }

  private static @Nullable Throwable sends(Client client, Body body, String url) {
    return catchThrowable(() -> client.call(Call.post(url + "/", body)).text());
  }

  /** The name of a failure's class; "none" where there is no failure. */
  private static String typeOf(@Nullable Throwable failure) {
    return failure == null ? "none" : failure.getClass().getName();
  }

  /** Some bytes, and then the application's own exception. */
  private static InputStream breakingOff() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the body's own failure");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    byte[] begun = "the first of it".getBytes(StandardCharsets.UTF_8);
    return new SequenceInputStream(new ByteArrayInputStream(begun), broken);
  }

  private static List<TestServer> balanced(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    return List.of(a, b);
  }

  private static Throwable fails(Client client, String method, String url) {
    Call call = Call.of(method, url + "/");
    Call whole = method.equals("POST") ? call.with(Body.of("body")) : call;
    return catchThrowable(() -> client.call(whole).text());
  }

  private static int requests(List<TestServer> servers) {
    return servers.stream().mapToInt(server -> server.received().size()).sum();
  }
}
