package dev.evenkeel.it.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls for http servers through an HTTP proxy, which knows the server from each request. */
@ExtendWith(ContractExtension.class)
class JdkHttpClientProxyIT implements Contract {
  private static final String LOGICAL = "http://orders/path?q=1";

  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver();
  }

  private static HttpClient.Builder through(TestServer proxy) {
    return HttpClient.newBuilder().proxy(Selecting.at(proxy.url()));
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static String line(TestServer server) {
    return "GET " + server.url() + "/path?q=1 HTTP/1.1";
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void proxy_ofTheLogicalHost_isAskedForNoUpgrade(String scheme, Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a);
    URI logical = URI.create(LOGICAL.replaceFirst("http", scheme));
    Selecting selector = Selecting.at(proxy.url());
    HttpClient client = HttpClient.newBuilder().proxy(selector).build();

    assertThat(get(client, logical.toString()).statusCode()).isEqualTo(200);

    assertThat(selector.asked()).containsOnly(logical);
    assertThat(proxy.received())
        .singleElement()
        .satisfies(request -> assertThat(request.header("Upgrade")).isNull());
  }

  @Test
  void connectionToTheProxy_isKeptForAllServers(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a, b);
    HttpClient client = through(proxy).build();

    for (int i = 0; i < 8; i++) {
      assertThat(get(client, LOGICAL + "#part").statusCode()).isEqualTo(200);
    }

    assertThat(proxy.received())
        .hasSize(8)
        .extracting(Received::requestLine)
        .containsOnly(line(a), line(b));
    assertThat(proxy.connections()).isEqualTo(1);
    assertThat(List.of(stage.bean(a).calls(), stage.bean(b).calls())).containsOnly(4L);
  }

  @Test
  void redirect_ofACallByHttps_asksTheProxyForNoUpgrade(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(
        Script.byTarget(
            Map.of(a.url() + "/path?q=1", Script.redirect(302, "/next")), Script.text("there")));
    stage.balanceOver(a);
    HttpClient client = through(proxy).followRedirects(Redirect.ALWAYS).build();

    HttpResponse<String> response = get(client, "https://orders/path?q=1");

    assertThat(response.body()).isEqualTo("there");
    assertThat(response.uri()).hasToString("https://orders/next");
    assertThat(proxy.received())
        .allSatisfy(request -> assertThat(request.header("Upgrade")).isNull())
        .extracting(Received::requestLine)
        .containsExactly(line(a), "GET " + a.url() + "/next HTTP/1.1");
  }

  @Test
  void credentialsThatTheProxyAsksFor_goToTheProxy(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(Script.forProxyCredentials("let in"));
    stage.balanceOver(a);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    HttpClient client = through(proxy).authenticator(new Ann(seen)).build();

    assertThat(get(client, LOGICAL).body()).isEqualTo("let in");
    assertThat(get(client, LOGICAL).body()).isEqualTo("let in");

    assertThat(seen).containsExactly("PROXY " + LOGICAL + " " + URI.create(proxy.url()).getPort());
    assertThat(proxy.received()).hasSize(3).extracting(Received::requestLine).containsOnly(line(a));
    assertThat(stage.bean(a).inFlight()).isZero();
  }

  @Test
  void proxyThatCannotBeReached_failsTheCallAsWithoutTheAgent_andNoServerIsBlamed(Stage stage)
      throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer secure = stage.fleet().https("secure");
    stage.balanceOver(a, b, secure);
    Selecting selector = Selecting.at(stage.fleet().refusedUrl());
    HttpClient client = HttpClient.newBuilder().proxy(selector).build();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> get(client, LOGICAL)).isInstanceOf(ConnectException.class);
    }

    for (TestServer server : List.of(a, b, secure)) {
      assertThat(server.received()).isEmpty();
      assertThat(stage.bean(server).calls()).isEqualTo(1);
      assertThat(stage.bean(server).failures()).isZero();
      assertThat(stage.bean(server).inFlight()).isZero();
    }
  }

  /** Has one name and password for all who ask. Thread-safe. */
  private static final class Ann extends Authenticator {
    private final Queue<String> seen;

    Ann(Queue<String> seen) {
      this.seen = seen;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      seen.add(getRequestorType() + " " + getRequestingURL() + " " + getRequestingPort());
      return new PasswordAuthentication("ann", "secret".toCharArray());
    }
  }
}
