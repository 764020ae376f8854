package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.connection;
import static dev.evenkeel.it.urlconnection.Connections.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What mirrors get of each way in which an application writes a body. */
@ExtendWith(ContractExtension.class)
class UrlConnectionMirrorsIT implements Contract {
  private static final String LOGICAL = "http://orders/";

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  @ParameterizedTest
  @EnumSource
  void body_thatTheApplicationLeavesOpen_isCopiedWhole(Writing writing, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    mirrorAll(stage, a, mirror);

    HttpURLConnection connection = writing.post(LOGICAL + "a%2Fb?c");
    OutputStream out = connection.getOutputStream();
    out.write('b');
    out.write("ody".getBytes(UTF_8));

    assertThat(text(connection)).isEqualTo("body");
    Received copy = awaitCopy(mirror);
    assertThat(copy.requestLine()).isEqualTo(a.received().get(0).requestLine());
    assertThat(copy.body()).isEqualTo("body");
    assertThat(framing(copy))
        .isEqualTo(framing(a.received().get(0)))
        .containsExactly(writing.framing());
  }

  @ParameterizedTest
  @EnumSource
  void body_thatIsEmpty_isCopiedAsOne(Writing writing, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    mirrorAll(stage, a, mirror);

    HttpURLConnection connection = writing.post(LOGICAL);
    if (writing == Writing.FIXED_LENGTH) {
      connection.setFixedLengthStreamingMode(0);
    }
    connection.getOutputStream().close();

    assertThat(text(connection)).isEmpty();
    Received copy = awaitCopy(mirror);
    assertThat(copy.method()).isEqualTo("POST");
    assertThat(copy.body()).isEmpty();
    assertThat(framing(copy)).isEqualTo(framing(a.received().get(0)));
  }

  @ParameterizedTest
  @EnumSource
  void outputStream_askedForOnceMore_isTheSame(Writing writing, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    mirrorAll(stage, a, mirror);

    HttpURLConnection connection = writing.post(LOGICAL);
    OutputStream out = connection.getOutputStream();
    out.write("bo".getBytes(UTF_8));
    assertThat(connection.getOutputStream()).isSameAs(out);
    out.write("dy".getBytes(UTF_8));

    assertThat(text(connection)).isEqualTo("body");
    assertThat(awaitCopy(mirror).body()).isEqualTo("body");
  }

  @ParameterizedTest
  @EnumSource
  void outputStream_ofACallWithoutAMirror_isTheJdks(Writing writing, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    mirrorAll(stage, a, mirror);
    HttpURLConnection mirrored = writing.post(LOGICAL);
    mirrored.getOutputStream().write("body".getBytes(UTF_8));
    assertThat(text(mirrored)).isEqualTo("body");
    assertThat(awaitCopy(mirror).body()).isEqualTo("body");

    for (String url : List.of("http://main/", a.url() + "/")) {
      HttpURLConnection connection = writing.post(url);
      OutputStream out = connection.getOutputStream();
      out.write("body".getBytes(UTF_8));

      assertThat(out.getClass().getName()).startsWith("sun.net.www.");
      assertThat(text(connection)).isEqualTo("body");
    }
  }

  @Test
  void body_thatBreaksOff_isNotMirrored(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    mirrorAll(stage, a, mirror);

    HttpURLConnection broken = Writing.FIXED_LENGTH.post(LOGICAL + "broken");
    OutputStream out = broken.getOutputStream();
    out.write("bo".getBytes(UTF_8));
    assertThatThrownBy(out::close).hasMessage("insufficient data written");
    broken.disconnect();
    HttpURLConnection whole = Writing.FIXED_LENGTH.post(LOGICAL + "whole");
    whole.getOutputStream().write("body".getBytes(UTF_8));
    assertThat(text(whole)).isEqualTo("body");

    assertThat(awaitCopy(mirror).target()).isEqualTo("/whole");
    assertThat(stage.balance().service("orders").getLong("MirrorsSent")).isEqualTo(1);
  }

  @Test
  void request_thatTheJdkRepeats_isMirroredOnce(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    AtomicBoolean isDropped = new AtomicBoolean();
    a.answers(
        request ->
            (isDropped.compareAndSet(false, true) ? Script.dropped() : Script.text("then"))
                .answer(request));
    mirrorAll(stage, a, mirror);

    assertThat(text(connection(LOGICAL))).isEqualTo("then");

    assertThat(a.received()).hasSize(2);
    assertThat(awaitCopy(mirror).method()).isEqualTo("GET");
    assertThat(stage.balance().service("orders").getLong("MirrorsSent")).isEqualTo(1);
    assertThat(stage.balance().service("orders").getLong("MirrorsDropped")).isZero();
  }

  @Test
  void request_thatAnswersAChallenge_isMirroredToo(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    a.answers(
        request ->
            request.header("Authorization") == null
                ? new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate", "Basic realm=x")
                : Script.echo().answer(request));
    mirrorAll(stage, a, mirror);

    HttpURLConnection connection = Writing.BUFFERED.post(LOGICAL);
    connection.setAuthenticator(new Password());
    connection.getOutputStream().write("body".getBytes(UTF_8));

    assertThat(text(connection)).isEqualTo("body");
    Await.until("both have arrived", () -> mirror.received().size() == 2);
    assertThat(mirror.received()).extracting(Received::body).containsExactly("body", "body");
    assertThat(mirror.received())
        .extracting(copy -> copy.header("Authorization"))
        .containsExactlyInAnyOrderElementsOf(
            a.received().stream().map(sent -> sent.header("Authorization")).toList());
  }

  /** Knows one user. Immutable. */
  private static final class Password extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication("user", "password".toCharArray());
    }
  }

  private static void mirrorAll(Stage stage, TestServer server, TestServer mirror) {
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: shadow, percent: 100 } ] } }",
            ServiceConfig.named("main").server(server),
            ServiceConfig.named("shadow").server(mirror));
  }

  private static Received awaitCopy(TestServer mirror) {
    Await.until("a copy has arrived", () -> !mirror.received().isEmpty());
    assertThat(mirror.received()).hasSize(1);
    return mirror.received().get(0);
  }

  private static List<String> framing(Received request) {
    return request.headers().stream()
        .map(header -> header.name() + ": " + header.value())
        .filter(line -> line.matches("(Content-Length|Transfer-Encoding): .*"))
        .toList();
  }
}
