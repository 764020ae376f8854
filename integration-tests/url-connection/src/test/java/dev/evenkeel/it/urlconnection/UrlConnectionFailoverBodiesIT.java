package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses that are given up, for each way in which an application writes a body. */
@ExtendWith(ContractExtension.class)
class UrlConnectionFailoverBodiesIT implements Contract {
  private static final String LOGICAL = "http://orders/";

  /** Less than the body, so that it takes two. */
  private static final int CHUNK_BYTES = 3;

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  @ParameterizedTest
  @EnumSource
  void body_writtenInPartsAndLeftOpen_arrivesWhole(Writing writing, Stage stage)
      throws IOException {
    TestServer a = Failover.answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    Failover.apply(stage, a, b, "503");

    HttpURLConnection connection = writing.post(LOGICAL, CHUNK_BYTES);
    OutputStream out = connection.getOutputStream();
    out.write('b');
    out.write("ody".getBytes(UTF_8));
    assertThat(connection.getOutputStream()).isSameAs(out);

    assertThat(text(connection)).isEqualTo("body");
    assertThat(b.received().get(0).headers()).isEqualTo(a.received().get(0).headers());
  }

  @ParameterizedTest
  @EnumSource
  void body_thatIsEmpty_isSentAsOne(Writing writing, Stage stage) throws IOException {
    TestServer a = Failover.answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    Failover.apply(stage, a, b, "503");

    HttpURLConnection connection = writing.post(LOGICAL, CHUNK_BYTES);
    if (writing == Writing.FIXED_LENGTH) {
      connection.setFixedLengthStreamingMode(0);
    }
    connection.getOutputStream().close();

    assertThat(text(connection)).isEmpty();
    assertThat(b.received().get(0).headers()).isEqualTo(a.received().get(0).headers());
  }

  @ParameterizedTest
  @EnumSource
  void connectionLost_afterTheBody_movesTheCall(Writing writing, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.dropped());
    Failover.apply(stage, a, b, "502");

    HttpURLConnection connection = writing.post(LOGICAL, CHUNK_BYTES);
    connection.getOutputStream().write("body".getBytes(UTF_8));

    assertThat(text(connection)).isEqualTo("body");
    assertThat(a.received()).hasSize(1);
    assertThat(stage.balance().server("main", a).failures()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Writing.class,
      names = {"FIXED_LENGTH", "CHUNKED"})
  void body_thatTheServerDidNotAskFor_goesToTheFallback(Writing writing, Stage stage)
      throws Exception {
    TestServer b = stage.fleet().http("b");
    try (RefusingServer a = new RefusingServer()) {
      Failover.apply(stage, a.url(), b, "503");

      HttpURLConnection connection = writing.post(LOGICAL, CHUNK_BYTES);
      connection.setRequestProperty("Expect", "100-continue");
      connection.getOutputStream().write("body".getBytes(UTF_8));

      assertThat(text(connection)).isEqualTo("body");
      assertThat(a.received()).contains("Expect: 100-continue").endsWith("\r\n\r\n");
      assertThat(b.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fallback_thatIsMirrored_hasTheWholeRequestCopied(Writing writing, Stage stage)
      throws IOException {
    TestServer a = Failover.answering(stage, "a", 503);
    TestServer b = stage.fleet().http("b");
    TestServer mirror = stage.fleet().http("mirror");
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: main, fallback: both, errors: { status: [ 503 ] } } }"
                + "\n    both: { mirroring: { service: backup, mirrors: [ { name: shadow,"
                + " percent: 100 } ] } }",
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("backup").server(b),
            ServiceConfig.named("shadow").server(mirror));

    HttpURLConnection connection = writing.post(LOGICAL, CHUNK_BYTES);
    connection.getOutputStream().write("body".getBytes(UTF_8));

    assertThat(text(connection)).isEqualTo("body");
    Await.until("a copy has arrived", () -> !mirror.received().isEmpty());
    assertThat(mirror.received()).extracting(Received::body).containsExactly("body");
  }

  @ParameterizedTest
  @EnumSource(
      value = Writing.class,
      names = {"BUFFERED", "FIXED_LENGTH"})
  void bodyOverTheLimit_isAnsweredByNobody(Writing writing, Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().http("b");
    Failover.apply(stage, a.url(), b.url(), "503", ", maxRequestBodyBytes: 3");
    HttpsURLConnection connection =
        (HttpsURLConnection) writing.post("https://orders/", CHUNK_BYTES);
    connection.setSSLSocketFactory(stage.fleet().trust().sslContext().getSocketFactory());

    try (OutputStream out = connection.getOutputStream()) {
      out.write("body".getBytes(UTF_8));
    }

    assertThat(connection.getResponseCode()).isEqualTo(413);
    try (InputStream error = connection.getErrorStream()) {
      assertThat(error).hasContent("Request body too large\n");
    }
    assertThat(a.received()).isEmpty();
    assertThat(stage.balance().server("main", a).failures()).isZero();
    assertThat(stage.balance().server("main", a).inFlight()).isZero();
  }
}
