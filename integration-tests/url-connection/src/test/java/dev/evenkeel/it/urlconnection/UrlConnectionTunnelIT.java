package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import dev.evenkeel.testkit.server.TunnelProxy;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URL;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by https through an HTTP proxy, which is told to connect to the server. */
@ExtendWith(ContractExtension.class)
class UrlConnectionTunnelIT implements Contract {
  private static final String LOGICAL = "https://orders/path?q=1";

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  /** Connections through one proxy, with one socket factory. */
  private record Through(TunnelProxy proxy, SSLSocketFactory tls) {
    static Through proxy(TunnelProxy proxy, Stage stage) {
      return new Through(proxy, stage.fleet().trust().sslContext().getSocketFactory());
    }

    HttpsURLConnection connection() throws IOException {
      HttpsURLConnection connection =
          (HttpsURLConnection) new URL(LOGICAL).openConnection(proxy.proxy());
      connection.setSSLSocketFactory(tls);
      return connection;
    }
  }

  private static String connect(TestServer server) {
    return "CONNECT " + server.authority() + " HTTP/1.1";
  }

  @Test
  void tunnel_toAnHttpServer_isInTheClear(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    try (TunnelProxy proxy = new TunnelProxy()) {
      for (int i = 0; i < 2; i++) {
        HttpsURLConnection connection = Through.proxy(proxy, stage).connection();
        assertThat(text(connection)).isEmpty();
        assertThat(connection.usingProxy()).isTrue();
      }
      assertThat(proxy.lines()).containsOnly(connect(a));
    }

    assertThat(a.received())
        .extracting(Received::requestLine)
        .containsExactly("GET /path?q=1 HTTP/1.1", "GET /path?q=1 HTTP/1.1");
    assertThat(a.received().get(0).header("Host")).isEqualTo("orders");
  }

  @Test
  void tunnelThatTheProxyCannotMake_isItsAnswer(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      proxy.answersOnce("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      assertThatThrownBy(() -> text(Through.proxy(proxy, stage).connection()))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 502 Bad Gateway\"");
      assertThat(proxy.lines()).hasSize(1);
    }

    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isEqualTo(1);
    assertThat(stage.bean(a).inFlight() + stage.bean(b).inFlight()).isZero();
  }

  @Test
  void handshakeThatFailsInTheTunnel_movesTheCall(Stage stage) throws IOException {
    TestServer wrong = stage.fleet().https("wrong", Stage.SERVICE);
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(wrong, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      Through through = Through.proxy(proxy, stage);
      for (int i = 0; i < 2; i++) {
        HttpsURLConnection connection = through.connection();
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(4);
        connection.getOutputStream().write("body".getBytes(UTF_8));
        assertThat(text(connection)).isEqualTo("body");
      }
      assertThat(proxy.lines()).contains(connect(wrong), connect(b));
    }

    assertThat(wrong.received()).isEmpty();
    assertThat(b.received()).hasSize(2);
    assertThat(stage.bean(wrong).failures()).isPositive();
    assertThat(stage.bean(b).failures()).isZero();
  }

  @Test
  void handshakeThatFailsInTheTunnel_movesTheCallToAnHttpServerToo(Stage stage) throws IOException {
    TestServer wrong = stage.fleet().https("wrong", Stage.SERVICE);
    TestServer plain = stage.fleet().http("plain");
    stage.balanceOver(wrong, plain);

    try (TunnelProxy proxy = new TunnelProxy()) {
      for (int i = 0; i < 2; i++) {
        assertThat(text(Through.proxy(proxy, stage).connection())).isEmpty();
      }
    }

    assertThat(plain.received()).hasSize(2);
    assertThat(stage.bean(wrong).failures()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT"})
  void keptTunnelThatWasCut_isMadeAnewByTheJdk(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    stage.balanceOver(a);

    try (TunnelProxy proxy = new TunnelProxy()) {
      Through through = Through.proxy(proxy, stage);
      for (int i = 0; i < 3; i++) {
        HttpsURLConnection connection = through.connection();
        connection.setRequestMethod(method);
        if (method.equals("PUT")) {
          connection.setDoOutput(true);
          connection.getOutputStream().write('x');
        }
        assertThat(text(connection)).isEqualTo(method.equals("PUT") ? "x" : "");
        proxy.cut();
      }
      assertThat(proxy.lines()).containsExactly(connect(a), connect(a), connect(a));
    }

    assertThat(a.received()).hasSize(3).extracting(Received::method).containsOnly(method);
    assertThat(stage.bean(a).inFlight()).isZero();
  }

  @Test
  void answerThatIsGivenUp_isAskedForThroughATunnelToTheFallback(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    a.answers(Script.status(503));
    Failover.apply(stage, a, b, "503");

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpsURLConnection connection = Through.proxy(proxy, stage).connection();
      connection.setDoOutput(true);
      connection.getOutputStream().write("body".getBytes(UTF_8));
      assertThat(text(connection)).isEqualTo("body");
      assertThat(proxy.lines()).containsExactly(connect(a), connect(b));
    }

    assertThat(List.of(a.received().get(0).body(), b.received().get(0).body()))
        .containsOnly("body");
  }

  /** The JDK tunnels with Basic only if it is told to, and since 19 with Digest by MD5 too. */
  @Test
  void credentialsForTheTunnel_areAskedForOnce_andForTheSameServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      proxy.answersOnce(
          "HTTP/1.1 407 Who\r\nProxy-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm="
              + (Runtime.version().feature() < 19 ? "MD5" : "SHA-256")
              + "\r\n"
              + "Content-Length: 0\r\n\r\n");
      HttpsURLConnection connection = Through.proxy(proxy, stage).connection();
      connection.setAuthenticator(
          new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
              return new PasswordAuthentication("ann", "secret".toCharArray());
            }
          });
      assertThat(text(connection)).isEmpty();

      assertThat(proxy.lines()).hasSize(2);
      assertThat(proxy.lines().get(0)).isEqualTo(proxy.lines().get(1));
    }

    assertThat(stage.bean(a).calls() + stage.bean(b).calls()).isEqualTo(1);
    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isZero();
  }
}
