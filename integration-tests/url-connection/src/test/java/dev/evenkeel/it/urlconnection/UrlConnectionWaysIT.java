package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.connection;
import static dev.evenkeel.it.urlconnection.Connections.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which an application goes about a connection. */
@ExtendWith(ContractExtension.class)
class UrlConnectionWaysIT implements Contract {
  private static final String LOGICAL = "http://orders/";
  private static final long LARGE_BYTES = 4 << 20;

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  /** How the application streams a body. */
  private enum Streaming {
    FIXED_LENGTH,
    CHUNKED;

    HttpURLConnection post(String url, String body) throws IOException {
      HttpURLConnection connection = connection(url);
      connection.setDoOutput(true);
      if (this == CHUNKED) {
        connection.setChunkedStreamingMode(0);
      } else {
        connection.setFixedLengthStreamingMode(body.length());
      }
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(UTF_8));
      }
      return connection;
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamedBody_afterARefusedServer_arrivesWhole(Streaming streaming, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    String refused = stage.fleet().refusedUrl();
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(refused).server(a));

    for (int i = 0; i < 4; i++) {
      assertThat(text(streaming.post(LOGICAL, "body " + i))).isEqualTo("body " + i);
    }

    assertThat(a.received())
        .hasSize(4)
        .allMatch(
            request ->
                streaming == Streaming.CHUNKED
                    ? "chunked".equals(request.header("Transfer-Encoding"))
                    : "6".equals(request.header("Content-Length")));
    assertThat(stage.balance().server(Stage.SERVICE, refused).failures()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void streamedBody_redirected_endsAsDirect(Streaming streaming, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.redirect(307, "/next"));
    stage.balanceOver(a);

    Throwable direct = catchThrowable(() -> text(streaming.post(a.url(), "body")));
    Throwable balanced = catchThrowable(() -> text(streaming.post(LOGICAL, "body")));

    assertThat(direct).isInstanceOf(HttpRetryException.class);
    assertThat(balanced).isInstanceOf(HttpRetryException.class).hasMessage(direct.getMessage());
    assertThat(stage.bean(a).calls()).isEqualTo(1);
  }

  @Test
  void responseCode_beforeTheBody_leavesTheCallUnderWay(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.streamed(LARGE_BYTES, gate));
    stage.balanceOver(a);
    HttpURLConnection connection = connection(LOGICAL);

    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    gate.open();
    try (InputStream body = connection.getInputStream()) {
      assertThat(body.readAllBytes()).hasSize((int) LARGE_BYTES);
    }

    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).calls()).isEqualTo(1);
    assertThat(stage.bean(a).failures()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 503})
  void errorStream_holdsTheAnswerOfTheServer(int status, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(request -> new MockResponse.Builder().code(status).body("why not"));
    stage.balanceOver(a);
    HttpURLConnection connection = connection(LOGICAL);

    assertThatThrownBy(connection::getInputStream)
        .isInstanceOf(status == 404 ? FileNotFoundException.class : IOException.class)
        .hasMessageContaining(LOGICAL);
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    try (InputStream error = connection.getErrorStream()) {
      assertThat(error).hasContent("why not");
    }

    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void connections_areKeptByServerWhateverTheLogicalHost(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE).server(a).server(b),
            ServiceConfig.named("billing").server(a));

    for (int i = 0; i < 4; i++) {
      assertThat(text(connection(LOGICAL))).isEmpty();
      assertThat(text(connection("http://billing/"))).isEmpty();
    }

    assertThat(a.received()).hasSize(6);
    assertThat(b.received()).hasSize(2);
    assertThat(List.of(a.connections(), b.connections())).containsOnly(1);
  }

  @Test
  void disconnect_beforeTheRequestIsSent_endsTheAttempt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    HttpURLConnection connection = connection(LOGICAL);

    connection.connect();
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    connection.disconnect();

    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void disconnect_inTheBody_endsTheAttempt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.streamed(LARGE_BYTES, stage.fleet().gate()));
    stage.balanceOver(a);
    HttpURLConnection connection = connection(LOGICAL);

    assertThat(connection.getInputStream().read()).isZero();
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    connection.disconnect();

    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void disconnect_afterTheBody_leavesTheNextCallAlone(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    HttpURLConnection first = connection(LOGICAL);
    assertThat(text(first)).isEmpty();
    Gate gate = stage.fleet().gate();
    a.answers(Script.streamed(LARGE_BYTES, gate));
    HttpURLConnection second = connection(LOGICAL);
    InputStream body = second.getInputStream();

    first.disconnect();

    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    gate.open();
    assertThat(body.readAllBytes()).hasSize((int) LARGE_BYTES);
    assertThat(stage.bean(a).failures()).isZero();
  }

  /** The limit is met at a client that the JDK has found and will send nothing with. */
  @Test
  void redirectLoop_throughAnotherHost_leavesNothingInFlight(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer other = stage.fleet().http("other");
    a.answers(Script.redirect(302, other.url() + "/"));
    other.answers(Script.redirect(302, LOGICAL));
    stage.balanceOver(a);

    assertThatThrownBy(() -> text(connection(LOGICAL)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("(20)");

    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(a.received()).hasSize(10);
    assertThat(other.received()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void redirectLoop_endsWithTheMessageOfTheJdk(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.redirect(302, "/again"));
    stage.balanceOver(a);

    Throwable direct = catchThrowable(() -> text(posting(method, a.url() + "/")));
    Throwable balanced = catchThrowable(() -> text(posting(method, LOGICAL)));

    assertThat(direct).isInstanceOf(ProtocolException.class);
    assertThat(balanced)
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(direct.getMessage());
    assertThat(a.received()).hasSize(40);
    assertThat(stage.bean(a).calls()).isEqualTo(20);
  }

  @Test
  void tlsRedirectLoop_endsWithTheMessageOfTheJdk(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    a.answers(Script.redirect(302, "/again"));
    stage.balanceOver(a);
    HttpsURLConnection connection = (HttpsURLConnection) connection("https://orders/");
    connection.setSSLSocketFactory(stage.fleet().trust().sslContext().getSocketFactory());

    assertThatThrownBy(() -> text(connection))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessageContaining("(20)");

    assertThat(connection.getURL()).hasToString("https://orders/again");
    assertThat(stage.bean(a).calls()).isEqualTo(20);
  }

  @Test
  void otherClient_ofTheSameJvm_isBalancedOnceAndByItself(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer other = stage.fleet().http("other");
    stage.balanceOver(a);
    HttpClient client = HttpClient.newHttpClient();

    for (String url : List.of(LOGICAL, other.url() + "/")) {
      assertThat(text(connection(url))).isEmpty();
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    assertThat(stage.bean(a).calls()).isEqualTo(2);
    assertThat(a.connections()).isEqualTo(2);
    assertThat(other.received()).hasSize(2);
  }

  private static HttpURLConnection posting(String method, String url) throws IOException {
    HttpURLConnection connection = connection(url);
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(1);
    }
    return connection;
  }
}
