package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application's HTTP proxy gets the requests for http servers, and knows the server from each
 * request line. The proxy of these tests answers by itself, so that no server gets any. Not
 * thread-safe; one per test.
 */
public interface ProxyContract extends Contract {
  @Test
  @Requires(Capability.PROXY)
  default void proxy_isToldTheServer_andTheRestStaysLogical(Stage stage) throws IOException {
    assertToldTheServer("http://orders/path?q=1", stage);
  }

  @Test
  @Requires({Capability.PROXY, Capability.TUNNEL_BY_SERVER})
  default void proxy_ofLogicalHttps_isToldTheServerToo(Stage stage) throws IOException {
    assertToldTheServer("https://orders/path?q=1", stage);
  }

  private static void assertToldTheServer(String url, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a, b);
    Client client = through(proxy, stage);

    for (int i = 0; i < 6; i++) {
      try (Reply reply = client.call(Call.get(url))) {
        assertThat(reply.servedBy()).isEqualTo("proxy");
        assertThat(reply.url()).isEqualTo(url);
      }
    }

    assertThat(proxy.received())
        .allSatisfy(request -> assertThat(request.headers("Host")).containsExactly("orders"))
        .extracting(Received::requestLine)
        .containsExactlyInAnyOrder(line(a), line(a), line(a), line(b), line(b), line(b));
    // Some clients keep connections by proxy, others by server too.
    assertThat(proxy.connections()).isBetween(1, 2);
    assertThat(List.of(stage.bean(a).calls(), stage.bean(b).calls())).containsOnly(3L);
    assertThat(a.received()).isEmpty();
    assertThat(b.received()).isEmpty();
  }

  @Test
  @Requires(Capability.PROXY)
  default void serverWithItsOwnHostAndPath_isAskedForByThem(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE)
                .preserving(a.url() + "/shop")
                .option("passHostHeader: false"));
    Client client = through(proxy, stage);

    for (String url : List.of("http://orders", "http://orders?q", "http://orders/x/?q=/")) {
      assertThat(client.call(Call.get(url)).servedBy()).isEqualTo("proxy");
    }

    assertThat(proxy.received())
        .allSatisfy(request -> assertThat(request.headers("Host")).containsExactly(a.authority()))
        .extracting(Received::requestLine)
        .containsExactly(
            "GET " + a.url() + "/shop/ HTTP/1.1",
            "GET " + a.url() + "/shop/?q HTTP/1.1",
            "GET " + a.url() + "/shop/x/?q=/ HTTP/1.1");
  }

  @Test
  @Requires(Capability.PROXY)
  default void serverByH2c_isAskedForInHttp1(Stage stage) throws IOException {
    TestServer a = stage.fleet().h2c("a");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a);

    assertThat(Stage.servedBy(through(proxy, stage), "http://orders/path?q=1", 2))
        .containsOnly("proxy");

    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsOnly("GET http://" + a.authority() + "/path?q=1 HTTP/1.1");
  }

  /** Credentials are the application's affair: it has none. */
  @ParameterizedTest
  @ValueSource(ints = {502, 407})
  @Requires(Capability.PROXY)
  default void refusalOfTheProxy_isAnAnswerAsAnyOther(int status, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(Script.status(status));
    stage.balanceOver(a, b);

    try (Reply reply = through(proxy, stage).call(Call.get("http://orders/"))) {
      assertThat(reply.status()).isEqualTo(status);
    }

    assertThat(proxy.received()).hasSize(1);
    assertThat(stage.bean(a).calls() + stage.bean(b).calls()).isEqualTo(1);
  }

  @Test
  @Requires({Capability.PROXY, Capability.FAILOVER_ERRORS})
  default void answerThatIsGivenUp_isAskedForAtTheFallbackThroughTheProxy(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(
        request ->
            request.target().startsWith(a.url())
                ? new MockResponse.Builder().code(503)
                : new MockResponse.Builder().body("from the fallback"));
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: main, fallback: backup, errors: { status: [ 503 ] } } }",
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("backup").server(b));

    assertThat(through(proxy, stage).call(Call.get("http://orders/path?q=1")).text())
        .isEqualTo("from the fallback");

    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsExactly(line(a), line(b));
  }

  @Test
  @Requires(Capability.PROXY)
  default void proxyThatCannotBeReached_failsTheCallAsWithoutTheAgent(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.through(stage.fleet().refusedUrl()));

    Throwable direct = catchThrowable(() -> client.call(Call.get("http://elsewhere/")));
    Throwable balanced = catchThrowable(() -> client.call(Call.get("http://orders/")));

    assertThat(direct).isInstanceOf(ConnectException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass()).hasMessage(direct.getMessage());
    assertThat(a.received()).isEmpty();
    assertThat(b.received()).isEmpty();
  }

  @Test
  @Requires(Capability.PROXY)
  default void noServerAvailable_isSaidByTheService_andNotAskedOfTheProxy(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a);
    stage.bean(a).fence();
    Client client = through(proxy, stage);

    for (String url : List.of("http://orders/", "https://orders/")) {
      assertThatThrownBy(() -> client.call(Call.get(url)))
          .isExactlyInstanceOf(ConnectException.class)
          .hasMessageContaining("service orders: no server available");
    }

    assertThat(proxy.received()).isEmpty();
  }

  @Test
  @Requires(Capability.PROXY)
  default void hostThatIsNoService_isAskedForAsEver(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a);
    Client client = through(proxy, stage);

    for (String url : List.of("http://orders/path?q=1", "http://elsewhere/x")) {
      assertThat(client.call(Call.get(url)).servedBy()).isEqualTo("proxy");
    }

    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsExactly(line(a), "GET http://elsewhere/x HTTP/1.1");
    assertThat(proxy.received().get(1).headers("Host")).containsExactly("elsewhere");
  }

  private static Client through(TestServer proxy, Stage stage) {
    return stage.client(ClientOptions.PLAIN.through(proxy.url()));
  }

  private static String line(TestServer server) {
    return "GET " + server.url() + "/path?q=1 HTTP/1.1";
  }
}
