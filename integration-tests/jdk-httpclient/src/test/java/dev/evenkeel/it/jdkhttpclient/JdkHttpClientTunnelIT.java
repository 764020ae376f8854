package dev.evenkeel.it.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import dev.evenkeel.testkit.server.TunnelProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls through an HTTP proxy that is told to connect to the server. */
@ExtendWith(ContractExtension.class)
class JdkHttpClientTunnelIT implements Contract {
  private static final URI LOGICAL = URI.create("https://orders/path?q=1");
  private static final URI PLAIN = URI.create("http://orders/path?q=1");

  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver();
  }

  private static HttpClient.Builder through(TunnelProxy proxy) {
    return HttpClient.newBuilder().proxy(new Selecting(proxy.proxy()));
  }

  private static HttpClient client(TunnelProxy proxy, Version version, Stage stage) {
    return through(proxy).version(version).sslContext(stage.fleet().trust().sslContext()).build();
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** With a body of which the client cannot know that it may be read twice. */
  private static HttpResponse<String> post(HttpClient client, URI uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri)
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("body"), 4))
            .build(),
        BodyHandlers.ofString());
  }

  private static String connect(TestServer server) {
    return "CONNECT " + server.authority() + " HTTP/1.1";
  }

  @ParameterizedTest
  @CsvSource({"http", "https"})
  void tunnel_leadsToTheServer_andTlsNamesIt(String scheme, Stage stage) throws Exception {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);
    URI logical = URI.create(scheme + "://orders/path?q=1");

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpClient client = client(proxy, Version.HTTP_1_1, stage);
      for (int i = 0; i < 6; i++) {
        HttpResponse<String> response = get(client, logical);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.uri()).isEqualTo(logical);
      }

      // Kept by server.
      assertThat(proxy.lines()).containsExactlyInAnyOrder(connect(a), connect(b));
      assertThat(proxy.asked())
          .anyMatch(head -> head.contains("\nHost: " + a.authority() + "\n"))
          .noneMatch(head -> head.contains("orders"));
    }

    assertThat(Stream.of(a, b).flatMap(server -> server.received().stream()))
        .hasSize(6)
        .allSatisfy(
            request -> {
              assertThat(request.serverNames()).containsExactly(request.server() + ".servers.test");
              assertThat(request.header("Host")).isEqualTo("orders");
              assertThat(request.requestLine()).isEqualTo("GET /path?q=1 HTTP/1.1");
            });
    assertThat(List.of(stage.bean(a).calls(), stage.bean(b).calls())).containsOnly(3L);
    assertThat(List.of(a.connections(), b.connections())).containsOnly(1);
  }

  @ParameterizedTest
  @CsvSource({"http", "https"})
  void http2_isSpokenInTheTunnel(String scheme, Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    stage.balanceOver(a, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpClient client = client(proxy, Version.HTTP_2, stage);
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> response = get(client, URI.create(scheme + "://orders/path?q=1"));
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
      }
      assertThat(proxy.lines()).containsExactlyInAnyOrder(connect(a), connect(b));
    }

    assertThat(List.of(a.received().size(), b.received().size())).containsOnly(2);
    assertThat(a.received().get(0).authority()).isEqualTo("orders");
  }

  @Test
  void tunnels_areKeptApartFromDirectConnections(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    stage.balanceOver(a);

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpClient client =
          HttpClient.newBuilder()
              .proxy(new Selecting(proxy.proxy(), "https"))
              .sslContext(stage.fleet().trust().sslContext())
              .build();
      for (URI uri : List.of(LOGICAL, PLAIN, LOGICAL, PLAIN)) {
        assertThat(get(client, uri).statusCode()).isEqualTo(200);
      }
      assertThat(proxy.lines()).containsExactly(connect(a));
    }

    assertThat(a.received()).hasSize(4);
    assertThat(a.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void transportOfTheServer_isSpokenInTheTunnel(Version version, Stage stage) throws Exception {
    TestServer a = stage.fleet().https("a");
    stage
        .balance()
        .applyTransports(
            "{ t: { rootCAs: [ " + stage.fleet().authorityPem() + " ] } }",
            ServiceConfig.named(Stage.SERVICE).server(a).option("serversTransport: t"));

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpClient untrusting = through(proxy).version(version).build();
      assertThat(get(untrusting, LOGICAL).statusCode()).isEqualTo(200);
      assertThat(get(untrusting, LOGICAL).statusCode()).isEqualTo(200);
      assertThat(proxy.lines()).containsExactly(connect(a));
      assertThat(proxy.asked().get(0))
          .contains("\nHost: " + a.authority() + "\n")
          .doesNotContain("evenkeel");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void tunnelThatTheProxyCannotMake_movesTheCallWithItsBody(Version version, Stage stage)
      throws Exception {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    a.answers(Script.echo());
    b.answers(Script.echo());
    stage.balanceOver(a, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      proxy.answersOnce("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      assertThat(post(client(proxy, version, stage), LOGICAL).body()).isEqualTo("body");
      assertThat(proxy.lines()).containsExactlyInAnyOrder(connect(a), connect(b));
    }

    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isEqualTo(1);
    assertThat(a.received().size() + b.received().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void tunnelThatTheProxyCanMakeToNoServer_failsWithItsLastAnswer(Version version, Stage stage)
      throws Exception {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      proxy.answersOnce("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      proxy.answersOnce("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
      HttpClient client = client(proxy, version, stage);
      assertThatThrownBy(() -> get(client, LOGICAL))
          .isInstanceOf(IOException.class)
          .hasMessage("Tunnel failed, got: 503");
      assertThat(proxy.lines()).hasSize(2);
    }

    assertThat(List.of(stage.bean(a).failures(), stage.bean(b).failures())).containsOnly(1L);
    assertThat(stage.bean(a).inFlight() + stage.bean(b).inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void tunnelThatTheProxyForbids_isItsAnswer(Version version, Stage stage) throws Exception {
    TestServer a = stage.fleet().https("a");
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(a, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      proxy.answersOnce("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      HttpClient client = client(proxy, version, stage);
      assertThatThrownBy(() -> get(client, LOGICAL))
          .isInstanceOf(IOException.class)
          .hasMessage("Tunnel failed, got: 403");
      assertThat(proxy.lines()).hasSize(1);
    }

    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isZero();
    assertThat(stage.bean(a).inFlight() + stage.bean(b).inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void credentialsThatTheProxyAsksFor_areTheApplicationsAffair(Version version, Stage stage)
      throws Exception {
    TestServer a = stage.fleet().https("a");
    stage.balanceOver(a);

    try (TunnelProxy proxy = new TunnelProxy()) {
      proxy.answersOnce(
          "HTTP/1.1 407 Who\r\nProxy-Authenticate: Token\r\nContent-Length: 0\r\n\r\n");
      HttpClient client = client(proxy, version, stage);
      HttpResponse<String> asked = get(client, LOGICAL);
      assertThat(asked.statusCode()).isEqualTo(407);
      assertThat(stage.bean(a).inFlight()).isZero();

      HttpRequest answer =
          HttpRequest.newBuilder(LOGICAL).header("Proxy-Authorization", "Token t").build();
      assertThat(client.send(answer, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      assertThat(proxy.asked().get(1)).contains("\nProxy-Authorization: Token t\n");
    }

    assertThat(a.received())
        .singleElement()
        .satisfies(request -> assertThat(request.header("Proxy-Authorization")).isNull());
    assertThat(stage.bean(a).failures()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void handshakeThatFailsInTheTunnel_movesTheCall(Version version, Stage stage) throws Exception {
    TestServer wrong = stage.fleet().https("wrong", Stage.SERVICE);
    TestServer b = stage.fleet().https("b");
    stage.balanceOver(wrong, b);

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpClient client = client(proxy, version, stage);
      for (int i = 0; i < 2; i++) {
        assertThat(get(client, LOGICAL).statusCode()).isEqualTo(200);
      }
      assertThat(proxy.lines()).contains(connect(wrong), connect(b));
    }

    assertThat(wrong.received()).isEmpty();
    assertThat(b.received()).hasSize(2);
    assertThat(stage.bean(wrong).failures()).isPositive();
    assertThat(stage.bean(b).failures()).isZero();
  }

  @Test
  void webSocket_goesThroughATunnelToAnHttpServer(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.webSocketEcho());
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).preserving(a.url() + "/shop"));

    try (TunnelProxy proxy = new TunnelProxy()) {
      assertThat(echo(through(proxy).build(), "ws://orders/socket")).isEqualTo("hello");
      assertThat(proxy.lines()).containsExactly(connect(a));
    }

    Received request = a.received().get(0);
    assertThat(request.requestLine()).isEqualTo("GET /shop/socket HTTP/1.1");
    assertThat(request.header("Host")).isEqualTo("orders");
    stage.balance().server(Stage.SERVICE, a.url() + "/shop").awaitInFlight(0);
  }

  @Test
  void webSocket_goesThroughATunnelToAnHttpsServer(Stage stage) throws Exception {
    TestServer a = stage.fleet().https("a");
    a.answers(Script.webSocketEcho());
    stage.balanceOver(a);

    try (TunnelProxy proxy = new TunnelProxy()) {
      HttpClient client = client(proxy, Version.HTTP_2, stage);
      assertThat(echo(client, "ws://orders/socket")).isEqualTo("hello");
      assertThat(proxy.lines()).containsExactly(connect(a));
    }
    stage.bean(a).awaitInFlight(0);
  }

  private static String echo(HttpClient client, String url) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket socket =
        client.newWebSocketBuilder().buildAsync(URI.create(url), new Heard(answer)).get();
    socket.sendText("hello", true).get();
    String heard = answer.get();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
    socket.abort();
    return heard;
  }

  /** Hears one text. Thread-safe. */
  private record Heard(CompletableFuture<String> answer) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean isLast) {
      answer.complete(data.toString());
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      answer.completeExceptionally(error);
    }
  }
}
