package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every way in which a call ends must end its attempt, and tell of the server what is true. */
class AttemptEndTest {
  private static final Rig.Answer OK = request -> new MockResponse.Builder().body("ok");

  @RegisterExtension final Rig rig = new Rig();

  private FakeAttempt attempt() {
    return rig.balancer.onlyAttempt();
  }

  /** What the attempt's end was when the application's callback ran. */
  private boolean isEndedInCallback(String url) throws Exception {
    CompletableFuture<Boolean> isEnded = new CompletableFuture<>();
    Future<HttpResponse> unused =
        rig.client()
            .execute(
                new HttpGet(url),
                new FutureCallback<>() {
                  @Override
                  public void completed(HttpResponse response) {
                    isEnded.complete(attempt().isEnded());
                  }

                  @Override
                  public void failed(Exception failure) {
                    isEnded.complete(attempt().isEnded());
                  }

                  @Override
                  public void cancelled() {
                    isEnded.complete(false);
                  }
                });
    return isEnded.get(20, TimeUnit.SECONDS);
  }

  @Test
  void answer_taken_hasEndedBeforeTheApplicationLearnsOfIt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));

    assertThat(isEndedInCallback("http://orders/")).isTrue();

    assertThat(attempt().status()).isEqualTo(200);
    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void future_ofABalancedCall_isTheClientsOwn() throws Exception {
    MockWebServer server = rig.start("body");
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = rig.client();
    String direct = "http://" + NamedHosts.PLAIN + ":" + server.getPort() + "/";

    Future<HttpResponse> balanced = client.execute(new HttpGet("http://orders/"), null);
    Future<HttpResponse> other = client.execute(new HttpGet(direct), null);

    assertThat(balanced).hasSameClassAs(other);
    assertThat(balanced.get().getClass()).isEqualTo(other.get().getClass());
  }

  @Test
  void connection_refused_hasEndedBeforeTheApplicationLearnsOfIt() throws Exception {
    rig.balancer.serve("orders", Rig.dead());

    assertThat(isEndedInCallback("http://orders/")).isTrue();

    assertThat(attempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
  }

  @Test
  void body_cutShort_isAnIoFailure() throws Exception {
    MockWebServer server =
        rig.start(
            r ->
                new MockResponse.Builder()
                    .body("0123456789".repeat(100_000))
                    .onResponseBody(new SocketEffect.CloseSocket(true, false, false)));
    rig.balancer.serve("orders", Rig.http(server), Rig.http(rig.start("other")));
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/")).isInstanceOf(IOException.class);

    assertThat(attempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void future_cancelledWhileItWaitsForTheAnswer_isCancelled() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    MockWebServer server =
        rig.start(
            r -> {
              arrived.countDown();
              cancelled.await(10, TimeUnit.SECONDS);
              return new MockResponse.Builder();
            });
    rig.balancer.serve("orders", Rig.http(server), Rig.http(rig.start("other")));
    Future<HttpResponse> call = rig.client().execute(new HttpGet("http://orders/"), null);
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    call.cancel(true);
    cancelled.countDown();

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(catchThrowable(call::get)).isInstanceOf(CancellationException.class);
  }

  @Test
  void future_cancelledWhileItWaitsForAConnection_isCancelledAndDoesNotMove() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answering = new CountDownLatch(1);
    MockWebServer server =
        rig.start(
            r -> {
              arrived.countDown();
              answering.await(10, TimeUnit.SECONDS);
              return new MockResponse.Builder().body("first");
            });
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = rig.keep(rig.builder().build());
    // The client's own limit is two connections per route.
    Future<HttpResponse> first = client.execute(new HttpGet("http://orders/first"), null);
    Future<HttpResponse> second = client.execute(new HttpGet("http://orders/second"), null);
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    Future<HttpResponse> waiting = client.execute(new HttpGet("http://orders/waiting"), null);

    waiting.cancel(true);

    assertThat(rig.balancer.attempts()).hasSize(3);
    assertThat(rig.balancer.attempts().get(2).outcome()).isEqualTo(Outcome.CANCELLED);
    answering.countDown();
    assertThat(first.get().getStatusLine().getStatusCode()).isEqualTo(200);
    assertThat(second.get().getStatusLine().getStatusCode()).isEqualTo(200);
  }

  @Test
  void oneShotBody_afterARefusedCertificate_isReadOnceAndArrivesWhole() throws Exception {
    MockWebServer wrong = rig.startTls(NamedHosts.TWO, OK);
    MockWebServer right = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve(
        "orders", Rig.https(NamedHosts.ONE, wrong), Rig.https(NamedHosts.ONE, right));
    HttpPost post = new HttpPost("https://orders/");
    byte[] body = "one shot".getBytes(StandardCharsets.UTF_8);
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), body.length));

    assertThat(Rig.send(rig.client(), post)).isEqualTo("ok");

    assertThat(Rig.taken(right).getBody().utf8()).isEqualTo("one shot");
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
    assertThat(wrong.getRequestCount()).isZero();
  }

  @Test
  void handshake_thatTimesOut_movesTheCall() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FakeServer mute = new FakeServer("https", NamedHosts.ONE, silent.getLocalPort(), true);
      rig.balancer.serve(
          "orders", mute, Rig.https(NamedHosts.ONE, rig.startTls(NamedHosts.ONE, OK)));
      HttpGet get = new HttpGet("https://orders/");
      get.setConfig(RequestConfig.custom().setSocketTimeout(2_000).build());

      assertThat(Rig.send(rig.client(), get)).isEqualTo("ok");
    }

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void repeatableBody_afterARefusedCertificate_arrivesWhole() throws Exception {
    MockWebServer wrong = rig.startTls(NamedHosts.TWO, OK);
    MockWebServer right = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve(
        "orders", Rig.https(NamedHosts.ONE, wrong), Rig.https(NamedHosts.ONE, right));
    HttpPost post = new HttpPost("https://orders/");
    post.setEntity(new StringEntity("the body"));

    assertThat(Rig.send(rig.client(), post)).isEqualTo("ok");

    assertThat(Rig.taken(right).getBody().utf8()).isEqualTo("the body");
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void noServer_failsWithThePlainException() throws Exception {
    rig.balancer.serve("orders");
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");
  }

  @Test
  void client_closedWhileACallConnects_failsAsTheClientDoes() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("never")));
    CloseableHttpAsyncClient client = rig.client();
    client.close();

    assertThat(catchThrowable(() -> Rig.get(client, "http://orders/"))).isNotNull();
  }
}
