package dev.evenkeel.it.httpclient5;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP/2 where it is not negotiated: the HTTP/2-only client, and the other one where it is told to
 * speak HTTP/2.
 */
@ExtendWith(ContractExtension.class)
class HttpClient5Http2ViewsIT implements Contract {
  private static final String GET_OF_HTTP_2 = "GET / HTTP/2";

  @Override
  public ClientDriver driver() {
    return new HttpClient5AsyncDriver();
  }

  @Test
  void onlyHttp2_crowd_sharesOneConnectionToEachServer(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    b.answers(Script.held(gate, Script.echo()));
    stage.balanceOver(a, b);

    try (CloseableHttpAsyncClient client = onlyHttp2(stage)) {
      List<Future<SimpleHttpResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(get(client, "https://orders/"));
      }
      gate.awaitArrivals(40);
      assertThat(stage.bean(a).inFlight() + stage.bean(b).inFlight()).isEqualTo(40);
      gate.open();
      for (Future<SimpleHttpResponse> call : calls) {
        assertThat(call.get().getCode()).isEqualTo(200);
      }
    }

    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(20);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).isEqualTo(GET_OF_HTTP_2);
                assertThat(request.header(":authority")).isEqualTo("orders");
                assertThat(request.header("Host")).isNull();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyHttp2_logicalHttpToATlsServer_hasTheServersScheme(boolean isHostPassed, Stage stage)
      throws Exception {
    TestServer a = stage.fleet().http2("a");
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE).server(a).option("passHostHeader: " + isHostPassed));
    HttpClientContext context = HttpClientContext.create();

    try (CloseableHttpAsyncClient client = onlyHttp2(stage)) {
      SimpleHttpResponse response =
          client.execute(SimpleRequestBuilder.get("http://orders/").build(), context, null).get();
      assertThat(response.getCode()).isEqualTo(200);
    }

    assertThat(a.received().get(0).header(":scheme")).isEqualTo("https");
    assertThat(a.received().get(0).header(":authority"))
        .isEqualTo(isHostPassed ? "orders" : a.authority());
    assertThat(context.getRequest().getUri()).hasToString("http://orders/");
    assertThat(context.getHttpRoute().isSecure()).isFalse();
  }

  @Test
  void onlyHttp2_refusedServer_movesWithTheBody(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(stage.fleet().refusedUrl()).server(a));

    try (CloseableHttpAsyncClient client = onlyHttp2(stage)) {
      for (int i = 0; i < 4; i++) {
        SimpleHttpResponse response =
            client
                .execute(
                    SimpleRequestBuilder.post("https://orders/")
                        .setBody("body " + i, ContentType.TEXT_PLAIN)
                        .build(),
                    null)
                .get();
        assertThat(response.getBodyText()).isEqualTo("body " + i);
      }
    }

    assertThat(a.received()).hasSize(4);
    assertThat(a.connections()).isEqualTo(1);
  }

  /** The minimal client has to be told the port, and is heard to have been. */
  @Test
  void onlyHttp2Minimal_request_goesByHttp2AsTheApplicationMadeIt(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2Cleartext("a");
    TestServer b = stage.fleet().http2("b");
    stage.balanceOver(a, b);
    HttpClientContext context = HttpClientContext.create();

    try (CloseableHttpAsyncClient client = onlyHttp2Minimal(stage)) {
      for (int i = 0; i < 4; i++) {
        SimpleHttpResponse response =
            client
                .execute(
                    SimpleRequestBuilder.post("http://orders:80/x?y")
                        .setBody("body " + i, ContentType.TEXT_PLAIN)
                        .build(),
                    context,
                    null)
                .get();
        assertThat(response.getBodyText()).isEqualTo("body " + i);
      }
    }

    assertThat(context.getRequest().getUri()).hasToString("http://orders:80/x?y");
    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(2);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).isEqualTo("POST /x?y HTTP/2");
                assertThat(request.header(":authority")).isEqualTo("orders:80");
                assertThat(request.header(":scheme")).isEqualTo(server == a ? "http" : "https");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyHttp2_serversTransport_isSpoken(boolean isMinimal, Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    stage
        .balance()
        .applyTransports(
            "{ good: { rootCAs: [ %s ] }, strict: { rootCAs: [ %s ] } }"
                .formatted(stage.fleet().authorityPem(), stage.fleet().otherAuthorityPem()),
            ServiceConfig.named(Stage.SERVICE).server(a).option("serversTransport: good"),
            ServiceConfig.named("strict").server(a).option("serversTransport: strict"));

    try (CloseableHttpAsyncClient client = isMinimal ? onlyHttp2Minimal(stage) : onlyHttp2(stage)) {
      for (int i = 0; i < 2; i++) {
        assertThat(get(client, "https://orders:443/").get().getCode()).isEqualTo(200);
        assertThatThrownBy(() -> get(client, "https://strict:443/").get())
            .hasCauseInstanceOf(SSLException.class);
      }
    }

    assertThat(a.received()).hasSize(2);
    assertThat(a.connections()).isEqualTo(1);
    assertThat(a.received().get(0).serverNames()).containsExactly("a.servers.test");
  }

  @Test
  void onlyHttp2_redirects_goToEachServerInTurn(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    Script script =
        request ->
            request.target().equals("/")
                ? Script.redirect(302, "/next").answer(request)
                : Script.echo().answer(request);
    a.answers(script);
    b.answers(script);
    stage.balanceOver(a, b);

    try (CloseableHttpAsyncClient client = onlyHttp2(stage)) {
      assertThat(get(client, "https://orders/").get().getCode()).isEqualTo(200);
    }

    assertThat(List.of(a.received().size(), b.received().size())).containsExactly(1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://orders/", "https://orders/"})
  void forcedHttp2_inTheClear_isBalanced(String url, Stage stage) throws Exception {
    TestServer a = stage.fleet().http2Cleartext("a");
    TestServer b = stage.fleet().http2Cleartext("b");
    stage.balanceOver(a, b);

    try (CloseableHttpAsyncClient client = forcedToHttp2()) {
      for (int i = 0; i < 4; i++) {
        assertThat(get(client, url).get().getCode()).isEqualTo(200);
      }
    }

    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(2);
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).isEqualTo(GET_OF_HTTP_2);
                assertThat(request.header(":scheme")).isEqualTo("http");
                assertThat(request.header(":authority")).isEqualTo("orders");
              });
    }
  }

  @Test
  void serversByH2c_andClientsThatSpeakHttp2Only_areNotInEachOthersWay(Stage stage)
      throws Exception {
    TestServer a = stage.fleet().h2c("a");
    TestServer b = stage.fleet().h2c("b");
    stage.balanceOver(a, b);

    for (CloseableHttpAsyncClient opened : List.of(onlyHttp2(stage), forcedToHttp2())) {
      try (CloseableHttpAsyncClient client = opened) {
        for (String url : List.of("http://orders/", "https://orders/")) {
          assertThat(get(client, url).get().getCode()).isEqualTo(200);
          assertThat(get(client, url).get().getCode()).isEqualTo(200);
        }
      }
    }

    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(4);
      assertThat(server.received())
          .allSatisfy(request -> assertThat(request.requestLine()).isEqualTo(GET_OF_HTTP_2));
    }
  }

  @Test
  void onlyHttp2_request_isMirrored(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");

    assertMirrored(stage, a, onlyHttp2(stage), "https://orders/a%2Fb?c");
  }

  @Test
  void forcedHttp2_requestInTheClear_isMirrored(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2Cleartext("a");

    assertMirrored(stage, a, forcedToHttp2(), "http://orders/a%2Fb?c");
  }

  private static void assertMirrored(
      Stage stage, TestServer server, CloseableHttpAsyncClient opened, String url)
      throws Exception {
    TestServer mirror = stage.fleet().http("mirror");
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: shadow, percent: 100 } ] } }",
            ServiceConfig.named("main").server(server),
            ServiceConfig.named("shadow").server(mirror));
    String body = "0123456789".repeat(20_000);

    try (CloseableHttpAsyncClient client = opened) {
      SimpleHttpResponse response =
          client
              .execute(
                  SimpleRequestBuilder.post(url).setBody(body, ContentType.TEXT_PLAIN).build(),
                  null)
              .get();
      assertThat(response.getBodyText()).isEqualTo(body);
    }

    Await.until("a copy has arrived", () -> !mirror.received().isEmpty());
    Received copy = mirror.received().get(0);
    Received sent = server.received().get(0);
    assertThat(sent.requestLine()).isEqualTo("POST /a%2Fb?c HTTP/2");
    assertThat(copy.requestLine()).isEqualTo("POST /a%2Fb?c HTTP/1.1");
    assertThat(copy.authority()).isEqualTo("orders");
    assertThat(copy.body()).isEqualTo(body);
    assertThat(copy.headers("Content-Type")).isEqualTo(sent.headers("Content-Type"));
    assertThat(copy.headers("User-Agent")).isEqualTo(sent.headers("User-Agent"));
  }

  private static Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client, String url) {
    return client.execute(SimpleRequestBuilder.get(url).build(), null);
  }

  private static CloseableHttpAsyncClient onlyHttp2(Stage stage) {
    return started(
        H2AsyncClientBuilder.create()
            .setTlsStrategy(AsyncTestClient.tls(stage.fleet().trust()))
            .build());
  }

  private static CloseableHttpAsyncClient onlyHttp2Minimal(Stage stage) {
    return started(
        HttpAsyncClients.createHttp2Minimal(
            H2Config.DEFAULT, IOReactorConfig.DEFAULT, AsyncTestClient.tls(stage.fleet().trust())));
  }

  private static CloseableHttpAsyncClient forcedToHttp2() {
    return started(
        HttpAsyncClients.custom()
            .setConnectionManager(
                AsyncTestClient.connections(null, true)
                    .setDefaultTlsConfig(
                        TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2).build())
                    .build())
            .build());
  }

  private static CloseableHttpAsyncClient started(CloseableHttpAsyncClient client) {
    client.start();
    return client;
  }
}
