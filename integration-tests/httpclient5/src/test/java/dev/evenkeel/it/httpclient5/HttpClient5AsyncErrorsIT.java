package dev.evenkeel.it.httpclient5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A response is given up over HTTP/2, where other calls are under way on its connection. */
@ExtendWith(ContractExtension.class)
class HttpClient5AsyncErrorsIT implements Contract {
  private enum Kind {
    ONLY_HTTP_2,
    NEGOTIATED
  }

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Override
  public ClientDriver driver() {
    return new HttpClient5AsyncDriver();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void http2_givenUp_leavesTheConnectionToItsOtherCalls(Kind kind, Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    Gate gate = stage.fleet().gate();
    a.answers(
        request ->
            request.target().equals("/held")
                ? Script.held(gate, Script.text("held")).answer(request)
                : Script.text("x".repeat(1_000_000)).answer(request).code(503));
    failover(stage, a, b, "503");

    try (CloseableHttpAsyncClient client = client(kind, stage)) {
      // The pools share a connection once it was given back for the first time.
      assertThat(get(client, "https://orders/").get().getCode()).isEqualTo(200);
      Future<SimpleHttpResponse> held = get(client, "https://orders/held");
      gate.awaitArrivals(1);
      for (int i = 0; i < 3; i++) {
        SimpleHttpResponse response = get(client, "https://orders/").get();
        assertThat(response.getHeader(TestServer.NAME_HEADER).getValue()).isEqualTo("b");
        assertThat(response.getCode()).isEqualTo(200);
      }
      gate.open();
      assertThat(held.get().getBodyText()).isEqualTo("held");
    }

    assertThat(List.of(a.received().size(), b.received().size())).containsExactly(5, 4);
    assertThat(List.of(a.connections(), b.connections())).containsExactly(1, 1);
    assertThat(b.received().get(0).requestLine()).isEqualTo("GET / HTTP/2");
    assertThat(b.received().get(0).header(":authority")).isEqualTo("orders");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void http2_oneShotBody_isKeptAndSentAgain(Kind kind, Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    a.answers(Script.status(503));
    failover(stage, a, b, "503");
    String text = "0123456789".repeat(20_000);
    Body body = Body.oneShot(new ByteArrayInputStream(text.getBytes(UTF_8)), -1);

    try (CloseableHttpAsyncClient client = client(kind, stage)) {
      assertThat(post(client, body).get().getBodyText()).isEqualTo(text);
    }

    assertThat(body.timesOpened()).isEqualTo(1);
    assertThat(a.received().get(0).body()).isEqualTo(text);
  }

  @Test
  void application_seesOneRequestAndTheLastResponse(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.status(503));
    failover(stage, a, b, "503");
    HttpClientContext context = HttpClientContext.create();

    try (CloseableHttpAsyncClient client =
        started(
            HttpAsyncClients.custom()
                .addRequestInterceptorLast((request, entity, given) -> seen.add("request"))
                .addResponseInterceptorFirst(
                    (response, entity, given) -> seen.add("response " + response.getCode()))
                .build())) {
      SimpleHttpResponse response =
          client.execute(SimpleRequestBuilder.get("http://orders/").build(), context, null).get();
      assertThat(response.getCode()).isEqualTo(200);
    }

    assertThat(seen).containsExactly("request", "response 200");
    assertThat(context.getResponse().getCode()).isEqualTo(200);
    assertThat(context.getRequest().getUri()).hasToString("http://orders/");
  }

  @Test
  void connectionThatDied_whenTheFallbackIsAsked_isNotTheEnd(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.status(503));
    stage
        .balance()
        .applyTree(
            tree("503"),
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("backup").server(stage.fleet().refusedUrl()).server(b));

    try (CloseableHttpAsyncClient client = started(HttpAsyncClients.createDefault())) {
      for (int i = 0; i < 4; i++) {
        Body body = Body.oneShot(new ByteArrayInputStream("body".getBytes(UTF_8)), 4);
        assertThat(post(client, "http://orders/", body).get().getBodyText()).isEqualTo("body");
      }
    }

    assertThat(b.received()).hasSize(4);
  }

  private static Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client, String url) {
    return client.execute(SimpleRequestBuilder.get(url).build(), null);
  }

  private static Future<SimpleHttpResponse> post(CloseableHttpAsyncClient client, Body body) {
    return post(client, "https://orders/", body);
  }

  private static Future<SimpleHttpResponse> post(
      CloseableHttpAsyncClient client, String url, Body body) {
    return client.execute(
        new BasicRequestProducer(
            new BasicHttpRequest("POST", URI.create(url)), new StreamedBody(body)),
        SimpleResponseConsumer.create(),
        null);
  }

  private static void failover(Stage stage, TestServer main, TestServer backup, String status)
      throws IOException {
    stage
        .balance()
        .applyTree(
            tree(status),
            ServiceConfig.named("main").server(main),
            ServiceConfig.named("backup").server(backup));
  }

  private static String tree(String status) {
    return "orders: { failover: { service: main, fallback: backup, errors: { status: [ "
        + status
        + " ] } } }";
  }

  private static CloseableHttpAsyncClient client(Kind kind, Stage stage) {
    return started(
        kind == Kind.ONLY_HTTP_2
            ? H2AsyncClientBuilder.create()
                .setTlsStrategy(AsyncTestClient.tls(stage.fleet().trust()))
                .build()
            : HttpAsyncClients.custom()
                .setConnectionManager(
                    AsyncTestClient.connections(stage.fleet().trust(), true).build())
                .build());
  }

  private static CloseableHttpAsyncClient started(CloseableHttpAsyncClient client) {
    client.start();
    return client;
  }
}
