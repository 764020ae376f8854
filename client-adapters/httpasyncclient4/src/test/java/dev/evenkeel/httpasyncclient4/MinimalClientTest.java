package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeTransport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.CloseableHttpPipeliningClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.BasicAsyncResponseConsumer;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of {@code createMinimal}, which have a handler of their own. */
class MinimalClientTest {
  private static final HttpHost ORDERS = new HttpHost("orders");
  private static final Rig.Answer OK = request -> new MockResponse.Builder().body("ok");
  private static final Rig.Answer ECHO =
      request -> new MockResponse.Builder().body(request.getBody().utf8());

  @RegisterExtension final Rig rig = new Rig();

  /** What its consumer is told: since 4.1.1 a minimal client's future learns of no failure. */
  private static final class Told extends BasicAsyncResponseConsumer {
    final CompletableFuture<HttpResponse> response = new CompletableFuture<>();

    @Override
    protected void releaseResources() {
      Exception failure = getException();
      HttpResponse result = getResult();
      super.releaseResources();
      if (failure != null) {
        response.completeExceptionally(failure);
      } else if (result != null) {
        response.complete(result);
      } else {
        response.cancel(false);
      }
    }
  }

  private CloseableHttpAsyncClient client() {
    return rig.keep(HttpAsyncClients.createMinimal(rig.connections()));
  }

  private static String get(CloseableHttpAsyncClient client, String target) throws Exception {
    return send(client, new BasicHttpRequest("GET", target), HttpClientContext.create());
  }

  private static String send(
      CloseableHttpAsyncClient client, HttpRequest request, HttpClientContext context)
      throws Exception {
    return send(client, HttpAsyncMethods.create(ORDERS, request), context);
  }

  private static String send(
      CloseableHttpAsyncClient client, HttpAsyncRequestProducer request, HttpClientContext context)
      throws Exception {
    Told told = new Told();
    Future<HttpResponse> future = client.execute(request, told, context, null);
    try {
      String body = EntityUtils.toString(told.response.get(20, TimeUnit.SECONDS).getEntity());
      HttpResponse unused =
          future.get(20, TimeUnit.SECONDS); // The connection is given back by now.
      return body;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static BasicHttpEntityEnclosingRequest post(HttpEntity body) {
    BasicHttpEntityEnclosingRequest post = new BasicHttpEntityEnclosingRequest("POST", "/");
    post.setEntity(body);
    return post;
  }

  @Test
  void call_goesToItsServer_andStaysLogical() throws Exception {
    MockWebServer one = rig.start("one");
    MockWebServer two = rig.start("two");
    rig.balancer.serve("orders", Rig.http(one), Rig.http(two));
    rig.balancer.stickWith("sticky=1");
    CloseableHttpAsyncClient client = client();
    HttpClientContext context = HttpClientContext.create();

    assertThat(send(client, new BasicHttpRequest("GET", "/x?y"), context)).isEqualTo("one");
    assertThat(get(client, "/z")).isEqualTo("two");
    assertThat(get(client, "/z")).isEqualTo("one");

    RecordedRequest first = Rig.taken(one);
    assertThat(first.getRequestLine()).isEqualTo("GET /x?y HTTP/1.1");
    assertThat(first.getHeaders().get("Host")).isEqualTo("orders");
    assertThat(Rig.taken(one).getConnectionIndex()).isZero();
    assertThat(context.getTargetHost()).isEqualTo(ORDERS);
    assertThat(context.getHttpRoute().getTargetHost().getHostName()).isEqualTo("orders");
    assertThat(context.getResponse().getFirstHeader("Set-Cookie").getValue()).isEqualTo("sticky=1");
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsOnly(Outcome.COMPLETED);
  }

  /** A minimal client sends the target that it was given, here with scheme and host. */
  @Test
  void targetInAbsoluteForm_isSentAsItIs_andPathsArePutIntoIt() throws Exception {
    MockWebServer server = rig.start("ok");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.serve("parts", Rig.http(server).withPath("/v1"));
    CloseableHttpAsyncClient client = client();

    for (String url : List.of("http://orders/x", "http://parts/x")) {
      send(client, HttpAsyncMethods.create(new HttpGet(url)), HttpClientContext.create());
    }

    assertThat(Rig.taken(server).getRequestLine()).isEqualTo("GET http://orders/x HTTP/1.1");
    assertThat(Rig.taken(server).getRequestLine()).isEqualTo("GET /v1/x HTTP/1.1");
  }

  @Test
  void connectionRefused_movesTheCall_oneShotBodyIncluded() throws Exception {
    MockWebServer server = rig.start(ECHO);
    rig.balancer.serve("orders", Rig.dead(), Rig.http(server));
    InputStreamEntity oneShot =
        new InputStreamEntity(new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8)));

    assertThat(send(client(), post(oneShot), HttpClientContext.create())).isEqualTo("once");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void certificateRefused_movesARepeatableBody_fromItsBeginning() throws Exception {
    MockWebServer wrong = rig.startTls(NamedHosts.TWO, OK);
    rig.balancer.serve(
        "orders",
        Rig.https(NamedHosts.ONE, wrong),
        Rig.https(NamedHosts.ONE, rig.startTls(NamedHosts.ONE, ECHO)));
    String body = "0123456789".repeat(5_000);

    assertThat(send(client(), post(new StringEntity(body)), HttpClientContext.create()))
        .isEqualTo(body);

    assertThat(wrong.getRequestCount()).isZero();
  }

  @Test
  void certificateRefused_movesABodyThatCanBeReadOnce_sinceNobodyReadIt() throws Exception {
    rig.balancer.serve(
        "orders",
        Rig.https(NamedHosts.ONE, rig.startTls(NamedHosts.TWO, OK)),
        Rig.https(NamedHosts.ONE, rig.startTls(NamedHosts.ONE, ECHO)));
    InputStreamEntity oneShot =
        new InputStreamEntity(new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8)));

    assertThat(send(client(), post(oneShot), HttpClientContext.create())).isEqualTo("once");
  }

  @Test
  void noServer_isToldToTheConsumer() {
    rig.balancer.serve("orders");
    CloseableHttpAsyncClient client = client();

    assertThatThrownBy(() -> get(client, "/"))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");
  }

  @Test
  void noServer_isToldToTheFuture() {
    rig.balancer.serve("orders");

    Future<HttpResponse> future =
        client()
            .execute(ORDERS, new BasicHttpRequest("GET", "/"), HttpClientContext.create(), null);

    assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
        .hasCauseExactlyInstanceOf(ConnectException.class)
        .hasRootCauseMessage("service orders: no server available");
  }

  @Test
  void transport_isSpoken() throws Exception {
    MockWebServer server = rig.startMutualTls(NamedHosts.ONE, OK);
    rig.balancer.serve(
        "orders",
        Rig.https(NamedHosts.ONE, server).withTls(new FakeTransport("t", Rig.withCertificate())));
    CloseableHttpAsyncClient client = client();

    assertThat(get(client, "/")).isEqualTo("ok");
    assertThat(get(client, "/")).isEqualTo("ok");

    assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    assertThat(Rig.taken(server).getConnectionIndex()).isZero();
  }

  @Test
  void attempt_hasEndedWhenTheConsumerLearnsOfTheAnswer() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("ok")));
    CompletableFuture<Boolean> isEnded = new CompletableFuture<>();
    BasicAsyncResponseConsumer consumer =
        new BasicAsyncResponseConsumer() {
          @Override
          protected void releaseResources() {
            super.releaseResources();
            isEnded.complete(rig.balancer.onlyAttempt().isEnded());
          }
        };

    Future<HttpResponse> future =
        client()
            .execute(
                HttpAsyncMethods.create(ORDERS, new BasicHttpRequest("GET", "/")), consumer, null);

    assertThat(isEnded.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(future.get(20, TimeUnit.SECONDS).getStatusLine().getStatusCode()).isEqualTo(200);
  }

  @Test
  void future_cancelledWhileItWaits_isCancelled() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    MockWebServer server =
        rig.start(
            request -> {
              arrived.countDown();
              cancelled.await();
              return new MockResponse.Builder();
            });
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = client();

    Future<HttpResponse> future =
        client.execute(ORDERS, new BasicHttpRequest("GET", "/"), null, null);
    arrived.await();
    future.cancel(true);
    cancelled.countDown();

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void answer_thatBreaksOff_isAFailureOfTheServer() throws Exception {
    MockWebServer server =
        rig.start(
            request ->
                new MockResponse.Builder()
                    .body("0123456789".repeat(100_000))
                    .onResponseBody(new SocketEffect.CloseSocket(true, false, false)));
    rig.balancer.serve("orders", Rig.http(server), Rig.http(rig.start("other")));
    CloseableHttpAsyncClient client = client();

    assertThatThrownBy(() -> get(client, "/")).isInstanceOf(IOException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void requestWithItsBody_isCopiedForAMirror() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start(ECHO)));
    rig.balancer.mirror();

    StringEntity chunked = new StringEntity("body");
    chunked.setChunked(true);

    send(client(), post(chunked), HttpClientContext.create());

    assertThat(rig.balancer.onlyCopy().head().get(0)).isEqualTo("POST orders /");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
    assertThat(rig.balancer.onlyCopy().isWhole()).isTrue();
  }

  @Test
  void listOfThePipeliningClient_isLeftAlone_andItsSingleCallIsNot() throws Exception {
    MockWebServer server = rig.start("ok");
    MockWebServer named = rig.start("named");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(server));
    CloseableHttpPipeliningClient client = HttpAsyncClients.createPipelining(rig.connections());
    rig.keep(client);
    HttpHost host = new HttpHost(NamedHosts.PLAIN, named.getPort());

    assertThat(get(client, "/")).isEqualTo("ok");
    List<HttpResponse> responses =
        client
            .execute(
                host,
                List.of(new BasicHttpRequest("GET", "/1"), new BasicHttpRequest("GET", "/2")),
                null)
            .get(20, TimeUnit.SECONDS);

    assertThat(responses)
        .allSatisfy(
            response -> assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("named"));
    assertThat(rig.balancer.asked()).containsExactly("orders");
  }
}
