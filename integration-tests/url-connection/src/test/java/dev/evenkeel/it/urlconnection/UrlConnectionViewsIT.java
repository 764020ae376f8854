package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.connection;
import static dev.evenkeel.it.urlconnection.Connections.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application hangs into its connections sees the logical host, and the JDK's quirks. */
@ExtendWith(ContractExtension.class)
class UrlConnectionViewsIT implements Contract {
  private static final String LOGICAL = "http://orders/path?q=1";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  @Test
  void authenticator_isAskedForTheLogicalHost(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script guarded =
        request ->
            request.header("Authorization") == null
                ? new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate: Basic realm=\"r\"")
                : new MockResponse.Builder().body("let in");
    a.answers(guarded);
    b.answers(guarded);
    stage.balanceOver(a, b);
    HttpURLConnection connection = connection(LOGICAL);
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            seen.add(getRequestingHost() + " " + getRequestingURL());
            return new PasswordAuthentication("ann", "secret".toCharArray());
          }
        });

    assertThat(text(connection)).isEqualTo("let in");
    assertThat(seen).containsExactly("orders " + LOGICAL);
    assertThat(connection.getURL()).hasToString(LOGICAL);
  }

  /** Of all schemes, NTLM alone keeps its connection between the challenge and the answer. */
  @Test
  void challenge_onAKeptConnection_isAnsweredToTheSameServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(new NtlmScript());
    b.answers(new NtlmScript());
    stage.balanceOver(a, b);
    HttpURLConnection connection = connection(LOGICAL);
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("ann", "secret".toCharArray());
          }
        });

    assertThat(text(connection)).isEqualTo("let in");

    TestServer last = connection.getHeaderField(TestServer.NAME_HEADER).equals("a") ? a : b;
    List<Received> negotiation =
        last.received().stream().filter(request -> NtlmScript.type(request) > 0).toList();
    assertThat(negotiation).extracting(NtlmScript::type).containsExactly(1, 3);
    assertThat(negotiation.get(0).connection()).isEqualTo(negotiation.get(1).connection());
    // Each request is an attempt: the one without credentials, the offer, the answer.
    assertThat(stage.bean(a).calls() + stage.bean(b).calls()).isEqualTo(3);
    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isZero();
  }

  @Test
  void defaultCookieHandler_keepsCookiesOfTheLogicalHost(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.header("Set-Cookie", "from-a=1; Path=/"));
    b.answers(Script.header("Set-Cookie", "from-b=1; Path=/"));
    stage.balanceOver(a, b);
    CookieManager cookies = new CookieManager();
    CookieHandler.setDefault(cookies);

    try {
      for (int i = 0; i < 4; i++) {
        assertThat(text(connection(LOGICAL))).isEmpty();
      }
    } finally {
      CookieHandler.setDefault(null);
    }

    assertThat(cookies.getCookieStore().getURIs())
        .extracting(URI::getHost)
        .containsOnly(Stage.SERVICE);
    assertThat(cookies.getCookieStore().get(URI.create(LOGICAL)))
        .extracting(HttpCookie::getName)
        .containsExactlyInAnyOrder("from-a", "from-b");
    for (TestServer server : List.of(a, b)) {
      assertThat(server.received().get(1).header("Cookie")).contains("from-a=1", "from-b=1");
    }
  }

  @Test
  void proxySelector_isAskedForTheLogicalUrl(Stage stage) throws IOException {
    stage.balanceOver(stage.fleet().http("a"));
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            seen.add(uri.toString());
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });

    try {
      assertThat(connection(LOGICAL).getHeaderField(TestServer.NAME_HEADER)).isEqualTo("a");
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(seen).containsExactly(LOGICAL);
  }

  @Test
  void hostnameVerifier_isAskedForTheServersName(Stage stage) throws IOException {
    TestServer wrong = stage.fleet().https("wrong", Stage.SERVICE);
    stage.balanceOver(wrong);
    SSLContext tls = stage.fleet().trust().sslContext();
    HttpsURLConnection connection = (HttpsURLConnection) connection("https://orders/");
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setHostnameVerifier(
        (host, session) -> {
          seen.add(host);
          return true;
        });

    assertThat(connection.getHeaderField(TestServer.NAME_HEADER)).isEqualTo("wrong");
    assertThat(seen).containsExactly(URI.create(wrong.url()).getHost());
    assertThat(connection.getURL()).hasToString("https://orders/");
    assertThat(text(connection)).isEmpty();
  }

  @Test
  void socketFactory_ofTheConnection_makesItsSocketsAndKeepsThemApart(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    a.answers(Script.text("body"));
    stage.balanceOver(a);
    SSLContext tls = stage.fleet().trust().sslContext();

    for (SSLSocketFactory factory : List.of(tls.getSocketFactory(), tls.getSocketFactory())) {
      for (int i = 0; i < 3; i++) {
        HttpsURLConnection connection = (HttpsURLConnection) connection("https://orders/");
        connection.setSSLSocketFactory(factory);
        assertThat(connection.getResponseCode()).isEqualTo(200);
        assertThat(connection.getCipherSuite()).startsWith("TLS_");
        assertThat(connection.getServerCertificates()).isNotEmpty();
        assertThat(text(connection)).isEqualTo("body");
      }
    }

    assertThat(a.received()).hasSize(6);
    assertThat(a.connections()).isEqualTo(2);
    assertThat(a.received().get(0).serverNames()).containsExactly("a.servers.test");
    assertThatThrownBy(() -> connection("https://orders/").getInputStream())
        .isInstanceOf(SSLException.class);
  }

  @Test
  void body_closedEarly_endsTheAttemptAsNoFailure(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(request -> new MockResponse.Builder().body("x".repeat(1 << 20)));
    stage.balanceOver(a);

    try (InputStream body = connection(LOGICAL).getInputStream()) {
      assertThat(body.read()).isEqualTo('x');
      assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    }

    stage.bean(a).awaitInFlight(0);
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void body_shorterThanItsLength_isAsDirectAndAFailureOfTheServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.broken());
    stage.balanceOver(a);

    String direct = outcome(a.url() + "/");
    String balanced = outcome("http://orders/");

    assertThat(balanced).isEqualTo(direct);
    assertThat(stage.bean(a).failures()).isEqualTo(1);
  }

  @Test
  void noServer_failsEachWayOfAsking(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    stage.bean(a).fence();
    String message = "service orders: no server available (%s fenced)".formatted(a.url());

    assertThatThrownBy(() -> connection(LOGICAL).connect()).hasMessage(message);
    assertThatThrownBy(() -> connection(LOGICAL).getResponseCode()).hasMessage(message);
    assertThatThrownBy(() -> connection("https://orders/").getInputStream()).hasMessage(message);
  }

  /** JDK 17 gives what came, JDK 25 an exception. */
  private static String outcome(String url) throws IOException {
    HttpURLConnection connection = connection(url);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    try {
      return text(connection);
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
