package dev.evenkeel.it.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application hangs into the client, and what it gets back, are logical. */
@ExtendWith(ContractExtension.class)
class JdkHttpClientViewsIT implements Contract {
  private static final URI ORDERS = URI.create("http://orders/path?q=1");

  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver();
  }

  @Test
  void response_ofARedirect_isLogicalAllTheWay(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    a.answers(
        Script.byTarget(Map.of("/path?q=1", Script.redirect(302, "/next")), Script.text("there")));
    stage.balanceOver(a);
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    HttpResponse<String> response = client.send(get(ORDERS), BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo("there");
    assertThat(response.request().uri()).isEqualTo(response.uri());
    assertThat(response.uri()).isEqualTo(URI.create("http://orders/next"));
    assertThat(response.previousResponse().orElseThrow().uri()).isEqualTo(ORDERS);
    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).calls()).isEqualTo(2);
  }

  @Test
  void fallback_afterAnAnswerSlowerThanTheConnectTimeout_isConnectedTo(Stage stage)
      throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.status(503)));
    failover(stage, a, b);
    Duration timeout = Duration.ofMillis(300);
    HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();

    long beginNanos = System.nanoTime();
    CompletableFuture<HttpResponse<String>> call =
        client.sendAsync(get(ORDERS), BodyHandlers.ofString());
    gate.awaitArrivals(1);
    Await.until(
        "the connect timeout is over", () -> System.nanoTime() - beginNanos > timeout.toNanos());
    gate.open();

    assertThat(call.get().statusCode()).isEqualTo(200);
    assertThat(b.received()).hasSize(1);
    assertThat(stage.balance().server("backup", b).failures()).isZero();
  }

  @Test
  void fallback_byHttp2_getsNothingThatIsHttp1s(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http2("b");
    a.answers(Script.status(503));
    failover(stage, a, b);
    HttpClient client =
        HttpClient.newBuilder().sslContext(stage.fleet().trust().sslContext()).build();
    BodyPublisher unknownLength = BodyPublishers.fromPublisher(BodyPublishers.ofString("body"));

    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(ORDERS).POST(unknownLength).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(a.received().get(0).headers("Transfer-encoding")).containsExactly("chunked");
    Received second = b.received().get(0);
    assertThat(second.requestLine()).endsWith("HTTP/2");
    assertThat(second.body()).isEqualTo("body");
    assertThat(second.headers("Transfer-encoding")).isEmpty();
    assertThat(second.headers("Host")).isEmpty();
  }

  private static void failover(Stage stage, TestServer first, TestServer fallback) {
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: main, fallback: backup, errors: { status: [ 503 ] } } }",
            ServiceConfig.named("main").server(first),
            ServiceConfig.named("backup").server(fallback));
  }

  @Test
  void bodies_ofEveryKind_endTheirAttempt(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.text("body"));
    stage.balanceOver(a);
    HttpClient client = HttpClient.newHttpClient();

    assertThat(client.send(get(ORDERS), BodyHandlers.ofString()).body()).isEqualTo("body");
    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(client.send(get(ORDERS), BodyHandlers.discarding()).body()).isNull();
    assertThat(stage.bean(a).inFlight()).isZero();
    try (Stream<String> lines = client.send(get(ORDERS), BodyHandlers.ofLines()).body()) {
      assertThat(lines).containsExactly("body");
    }
    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void bodyHandler_thatThrows_endsTheAttempt(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    HttpClient client = HttpClient.newHttpClient();

    assertThatThrownBy(
            () ->
                client.send(
                    get(ORDERS),
                    response -> {
                      throw new IllegalStateException("the application's own");
                    }))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("the application's own");

    stage.bean(a).awaitInFlight(0);
  }

  @Test
  void future_ofABalancedCall_isTheClientsOwn(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    HttpClient client = HttpClient.newHttpClient();

    CompletableFuture<HttpResponse<String>> direct =
        client.sendAsync(get(URI.create(a.url() + "/")), BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> balanced =
        client.sendAsync(get(ORDERS), BodyHandlers.ofString());

    assertThat(balanced.get().statusCode()).isEqualTo(direct.get().statusCode());
    assertThat(balanced).isExactlyInstanceOf(direct.getClass());
  }

  @Test
  void http11_overTls_isBalancedAndMovesWithItsBody(Stage stage) throws Exception {
    TestServer a = stage.fleet().https("a");
    a.answers(Script.echo());
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(stage.fleet().refusedUrl()).server(a));
    HttpClient client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .sslContext(stage.fleet().trust().sslContext())
            .build();

    for (int i = 0; i < 4; i++) {
      HttpRequest post =
          HttpRequest.newBuilder(ORDERS).POST(BodyPublishers.ofString("body " + i)).build();
      assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("body " + i);
    }

    assertThat(a.received())
        .hasSize(4)
        .allSatisfy(request -> assertThat(request.header("Upgrade")).isNull());
  }

  @Test
  void upgradeToHttp2_thatARefusedServerNeverSaw_isNotAskedOverTls(Stage stage) throws Exception {
    TestServer a = stage.fleet().https("a");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(stage.fleet().refusedUrl()).server(a));
    HttpClient client =
        HttpClient.newBuilder().sslContext(stage.fleet().trust().sslContext()).build();

    for (int i = 0; i < 4; i++) {
      assertThat(client.send(get(ORDERS), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    assertThat(a.received())
        .hasSize(4)
        .allSatisfy(request -> assertThat(request.header("HTTP2-Settings")).isNull());
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }
}
