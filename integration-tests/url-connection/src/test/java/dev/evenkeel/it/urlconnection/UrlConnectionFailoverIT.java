package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.connection;
import static dev.evenkeel.it.urlconnection.Connections.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are given up, and what the application sees of the call. */
@ExtendWith(ContractExtension.class)
class UrlConnectionFailoverIT implements Contract {
  private static final String LOGICAL = "http://orders/";

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  @Test
  void response_givenUp_leavesNothingInTheConnection(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(request -> Script.header("X-Of", "a").answer(request).code(503).body("sorry"));
    b.answers(request -> Script.header("X-From", "b").answer(request).body("here"));
    Failover.apply(stage, a, b, "503");

    for (int i = 0; i < 3; i++) {
      HttpURLConnection connection = connection(LOGICAL);
      assertThat(connection.getResponseCode()).isEqualTo(200);
      assertThat(connection.getHeaderField("X-Of")).isNull();
      assertThat(connection.getHeaderField("X-From")).isEqualTo("b");
      assertThat(connection.getHeaderField(0)).contains(" 200 ");
      assertThat(connection.getURL()).hasToString(LOGICAL);
      assertThat(text(connection)).isEqualTo("here");
      assertThat(connection.getErrorStream()).isNull();
    }

    assertThat(stage.balance().server("main", a).inFlight()).isZero();
    assertThat(stage.balance().server("backup", b).inFlight()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "http, true, true",
    "http, true, false",
    "http, false, true",
    "https, true, true",
    "https, true, false",
    "https, false, true",
    "https, false, false"
  })
  void call_ofOneScheme_goesOnWithServersOfEach(
      String scheme, boolean isFirstSecure, boolean isSecondSecure, Stage stage)
      throws IOException {
    TestServer a = isFirstSecure ? stage.fleet().https("a") : stage.fleet().http("a");
    TestServer b = isSecondSecure ? stage.fleet().https("b") : stage.fleet().http("b");
    a.answers(Script.status(503));
    Failover.apply(stage, a, b, "503");
    var tls = stage.fleet().trust().sslContext().getSocketFactory();
    var before = HttpsURLConnection.getDefaultSSLSocketFactory();
    HttpsURLConnection.setDefaultSSLSocketFactory(tls);
    try {
      for (int i = 0; i < 3; i++) {
        HttpURLConnection connection = connection(scheme + "://orders/");
        connection.setDoOutput(true);
        connection.setChunkedStreamingMode(0);
        connection.getOutputStream().write("body".getBytes(UTF_8));
        assertThat(text(connection)).isEqualTo("body");
      }
    } finally {
      HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }

    assertThat(b.received()).hasSize(3);
  }

  /** The JDK tells its application's authenticator of the challenge that stands, and no other. */
  @Test
  void challenge_givenUp_isAnsweredByNobody(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(request -> challenge("a"));
    b.answers(
        request ->
            request.header("Authorization") == null
                ? challenge("b")
                : Script.text("welcome").answer(request));
    Failover.apply(stage, a, b, "401");
    Password password = new Password();

    HttpURLConnection connection = connection(LOGICAL);
    connection.setAuthenticator(password);

    assertThat(text(connection)).isEqualTo("welcome");
    assertThat(password.asked.get()).isEqualTo(1);
    assertThat(password.realm).isEqualTo("b");
  }

  private static MockResponse.Builder challenge(String realm) {
    return new MockResponse.Builder()
        .code(401)
        .addHeader("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
  }

  /** Knows one user. Thread-safe. */
  private static final class Password extends Authenticator {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String realm = "";

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      asked.incrementAndGet();
      realm = getRequestingPrompt();
      return new PasswordAuthentication("user", "password".toCharArray());
    }
  }

  @Test
  void requestThatTheJdkRepeats_isJudgedToo(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    AtomicInteger calls = new AtomicInteger();
    a.answers(
        request ->
            (calls.incrementAndGet() == 1 ? Script.dropped() : Script.status(503)).answer(request));
    b.answers(Script.text("b"));
    Failover.apply(stage, a, b, "503");

    assertThat(text(connection(LOGICAL))).isEqualTo("b");

    assertThat(a.received()).hasSize(2);
  }

  @Test
  void disconnect_whileWaiting_asksNobodyElse(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.status(503)));
    Failover.apply(stage, a, b, "502-504");
    HttpURLConnection connection = connection(LOGICAL);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return connection.getResponseCode();
              } catch (IOException e) {
                return -1;
              }
            });
    Await.until("the request has arrived", () -> a.received().size() == 1);

    connection.disconnect();

    assertThat(status.get()).isEqualTo(-1);
    assertThat(b.received()).isEmpty();
    assertThat(stage.balance().server("main", a).failures()).isZero();
  }

  @Test
  void fallbackNotReached_endsWithThat(Stage stage) throws IOException {
    TestServer a = Failover.answering(stage, "a", 503);
    Failover.apply(stage, a.url(), stage.fleet().refusedUrl(), "503", "");

    assertThatThrownBy(() -> connection(LOGICAL).getResponseCode())
        .isExactlyInstanceOf(ConnectException.class);

    assertThat(a.received()).hasSize(1);
    assertThat(stage.service().getLong("Failures")).isEqualTo(1);
  }

  /** As in a call without an agent: its socket factory is the application's. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void exceptionOfTheApplicationsFactory_onTheWayToTheFallback_isWhatItGets(
      String scheme, Stage stage) throws IOException {
    TestServer a = scheme.equals("http") ? stage.fleet().http("a") : stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    a.answers(Script.status(503));
    Failover.apply(stage, a, b, "503");
    IllegalStateException its = new IllegalStateException("no more sockets");
    SSLSocketFactory factory =
        new RefusingFactory(
            stage.fleet().trust().sslContext().getSocketFactory(),
            scheme.equals("http") ? 0 : 1,
            its);
    SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    HttpsURLConnection.setDefaultSSLSocketFactory(factory);
    try {
      HttpURLConnection connection = Connections.connection(scheme + "://orders/");

      assertThatThrownBy(connection::getInputStream).isSameAs(its);
    } finally {
      HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }

    assertThat(a.received()).hasSize(1);
    assertThat(b.received()).isEmpty();
    assertThat(stage.balance().server("backup", b).inFlight()).isZero();
    assertThat(stage.balance().server("backup", b).failures()).isZero();
  }

  /** The socket is connected by then, and would take the request as well in the clear. */
  @Test
  void errorOfTheApplicationsFactory_leavesNothingInTheClear(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    Failover.apply(stage, a, stage.fleet().https("b"), "503");
    Error its = new NoClassDefFoundError("a provider's");
    SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    HttpsURLConnection.setDefaultSSLSocketFactory(new RefusingFactory(before, 0, its));
    try {
      HttpURLConnection connection = Connections.connection("http://orders/");

      assertThatThrownBy(connection::getInputStream).isSameAs(its);
    } finally {
      HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }

    assertThat(a.received()).isEmpty();
    assertThat(stage.balance().server("main", a).inFlight()).isZero();
  }

  /** Makes so many sockets, and no more. Thread-safe. */
  private static final class RefusingFactory extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final AtomicInteger left;
    private final Throwable refusal;

    RefusingFactory(SSLSocketFactory factory, int count, Throwable refusal) {
      this.factory = factory;
      this.left = new AtomicInteger(count);
      this.refusal = refusal;
    }

    private SSLSocketFactory next() {
      if (left.getAndDecrement() <= 0) {
        if (refusal instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) refusal;
      }
      return factory;
    }

    @Override
    public Socket createSocket() throws IOException {
      return next().createSocket();
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
        throws IOException {
      return next().createSocket(plain, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return next().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return next().createSocket(host, port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return next().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return next().createSocket(host, port, from, fromPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }
  }
}
