package dev.evenkeel.testkit.contract;

import static dev.evenkeel.testkit.server.TunnelProxy.lineFor;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.evenkeel.testkit.server.TunnelProxy;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application's HTTP proxy is told to connect to the https server, with which the client speaks
 * TLS through the tunnel. Not thread-safe; one per test.
 */
public interface TunnelContract extends Contract {
  @Test
  @Requires(Capability.PROXY)
  default void tunnel_leadsToTheServer_andTlsNamesIt(Stage stage) throws IOException {
    assertTunnelled("https://orders/path?q=1", stage);
  }

  @Test
  @Requires({Capability.PROXY, Capability.TUNNEL_BY_SERVER})
  default void tunnel_ofLogicalHttp_leadsToTheServerToo(Stage stage) throws IOException {
    assertTunnelled("http://orders/path?q=1", stage);
  }

  private static void assertTunnelled(String url, Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a, b);
    Client client = through(proxy, stage);

    for (int i = 0; i < 6; i++) {
      try (Reply reply = client.call(Call.get(url))) {
        assertThat(reply.servedBy()).isIn("a", "b");
        assertThat(reply.url()).isEqualTo(url);
      }
    }

    // Kept by server.
    assertThat(proxy.lines()).containsExactlyInAnyOrder(lineFor(a), lineFor(b));
    assertThat(proxy.asked())
        .anyMatch(head -> head.contains("\nHost: " + a.authority() + "\n"))
        .noneMatch(head -> head.contains("orders"));
    assertThat(Stream.of(a, b).flatMap(server -> server.received().stream()))
        .hasSize(6)
        .allSatisfy(
            request -> {
              assertThat(request.serverNames()).containsExactly(request.server() + ".servers.test");
              assertThat(request.headers("Host")).containsExactly("orders");
              assertThat(request.requestLine()).isEqualTo("GET /path?q=1 HTTP/1.1");
              assertThat(request.header("Proxy-Connection")).isNull();
            });
    assertThat(List.of(stage.bean(a).calls(), stage.bean(b).calls())).containsOnly(3L);
    assertThat(List.of(a.connections(), b.connections())).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  @Requires({Capability.PROXY, Capability.TUNNEL_BY_SERVER, Capability.HTTP_2})
  default void http2_isSpokenInTheTunnel(String scheme, Stage stage) throws IOException {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a, b);
    Client client = through(proxy, stage);

    List<String> servers = Stage.servedBy(client, scheme + "://orders/", 4);

    assertThat(servers).containsExactlyInAnyOrder("a", "a", "b", "b");
    assertThat(proxy.lines()).containsExactlyInAnyOrder(lineFor(a), lineFor(b));
    assertThat(a.received()).extracting(Received::requestLine).containsOnly("GET / HTTP/2");
    assertThat(a.received().get(0).authority()).isEqualTo("orders");
  }

  @Test
  @Requires({Capability.PROXY, Capability.SERVERS_TRANSPORT})
  default void transportOfTheServer_isSpokenInTheTunnel(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage
        .balance()
        .applyTransports(
            "{ t: { rootCAs: [ " + stage.fleet().authorityPem() + " ] } }",
            ServiceConfig.named(Stage.SERVICE).server(a).option("serversTransport: t"));
    Client untrusting = stage.client(ClientOptions.PLAIN.through(proxy.url()));

    assertThat(Stage.servedBy(untrusting, "https://orders/", 2)).containsOnly("a");

    assertThat(proxy.lines()).containsExactly(lineFor(a));
    assertThat(proxy.asked().get(0))
        .contains("\nHost: " + a.authority() + "\n")
        .doesNotContain("evenkeel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  @Requires({Capability.PROXY, Capability.TUNNEL_BY_SERVER, Capability.WEB_SOCKET})
  default void webSocket_goesThroughTheTunnel(String scheme, Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    a.answers(Script.webSocketEcho());
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a);

    assertThat(through(proxy, stage).webSocketEcho(scheme + "://orders/socket", "hello"))
        .isEqualTo("hello");

    assertThat(proxy.lines()).containsExactly(lineFor(a));
    assertThat(a.received("/socket").get(0).authority()).isEqualTo("orders");
  }

  /** Credentials are the application's affair: it has none. */
  @ParameterizedTest
  @ValueSource(strings = {"403 Forbidden", "407 Who"})
  @Requires(Capability.PROXY)
  default void tunnelThatTheProxyForbids_isItsAnswer_andNoServerIsBlamed(String status, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a, b);
    Client client = through(proxy, stage);

    proxy.answersOnce(refusal(status));
    String direct = outcome(client, a.url() + "/");
    proxy.answersOnce(refusal(status));
    String balanced = outcome(client, "https://orders/");

    assertThat(balanced).isEqualTo(direct).isNotEqualTo("status 200");
    assertThat(proxy.lines()).hasSize(2);
    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isZero();
  }

  @Test
  @Requires({Capability.PROXY, Capability.TUNNEL_BY_SERVER})
  default void tunnelThatTheProxyCannotMake_movesTheCallWithItsBody(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a, b);
    proxy.answersOnce(refusal("502 Bad Gateway"));
    Body body = Body.oneShot("body");

    assertThat(through(proxy, stage).call(Call.post("https://orders/", body)).text())
        .isEqualTo("body");

    assertThat(proxy.lines()).containsExactlyInAnyOrder(lineFor(a), lineFor(b));
    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isEqualTo(1);
    assertThat(a.received().size() + b.received().size()).isEqualTo(1);
  }

  @Test
  @Requires({Capability.PROXY, Capability.TUNNEL_BY_SERVER})
  default void tunnelThatTheProxyCanMakeToNoServer_failsTheCallByItsLastAnswer(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a, b);
    Client client = through(proxy, stage);

    proxy.answersOnce(refusal("504 Late"));
    String direct = outcome(client, a.url() + "/");
    proxy.answersOnce(refusal("502 Bad Gateway"));
    proxy.answersOnce(refusal("504 Late"));
    String balanced = outcome(client, "https://orders/");

    assertThat(balanced).isEqualTo(direct).contains("504");
    assertThat(proxy.lines()).hasSize(3);
    assertThat(List.of(stage.bean(a).failures(), stage.bean(b).failures())).containsOnly(1L);
  }

  @Test
  @Requires(Capability.PROXY)
  default void handshakeThatFailsInTheTunnel_movesTheCall(Stage stage) throws IOException {
    TestServer wrong = stage.fleet().https("wrong", Stage.SERVICE);
    TestServer b = stage.fleet().https("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(wrong, b);

    assertThat(Stage.servedBy(through(proxy, stage), "https://orders/", 2)).containsOnly("b");

    assertThat(proxy.lines()).contains(lineFor(wrong), lineFor(b));
    assertThat(wrong.received()).isEmpty();
    assertThat(b.received()).hasSize(2);
    assertThat(stage.bean(wrong).failures()).isPositive();
    assertThat(stage.bean(b).failures()).isZero();
  }

  @Test
  @Requires(Capability.PROXY)
  default void tunnel_toAHostThatIsNoService_isAskedForAsEver(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a);
    Client client = through(proxy, stage);

    assertThat(client.call(Call.get("https://orders/")).servedBy()).isEqualTo("a");
    assertThat(client.call(Call.get(b.url() + "/")).servedBy()).isEqualTo("b");

    assertThat(proxy.lines()).containsExactly(lineFor(a), lineFor(b));
    assertThat(b.received().get(0).authority()).isEqualTo(b.authority());
    assertThat(stage.bean(a).calls()).isEqualTo(1);
  }

  private static Client through(TunnelProxy proxy, Stage stage) {
    return stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()).through(proxy.url()));
  }

  private static String refusal(String status) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: 7\r\n\r\nrefused";
  }

  /** The status of the answer, or the class and the words of the failure. */
  private static String outcome(Client client, String url) {
    try (Reply reply = client.call(Call.get(url))) {
      return "status " + reply.status();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
