package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every way in which a call ends must end its attempt, and no sooner. */
class AttemptEndTest {
  private static final HttpHost ORDERS = new HttpHost("orders");

  @RegisterExtension final Rig rig = new Rig();

  /** A response that stays open: {@code Rig.send} would read it. */
  private static ClassicHttpResponse open(CloseableHttpClient client, ClassicHttpRequest request)
      throws IOException {
    return client.executeOpen(ORDERS, request, null);
  }

  private FakeAttempt attempt() {
    return rig.balancer.onlyAttempt();
  }

  @Test
  void body_untilReadToItsEnd_isInFlight() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));

    try (ClassicHttpResponse response = open(rig.client(), new HttpGet("http://orders/"))) {
      assertThat(attempt().status()).isEqualTo(200);
      assertThat(attempt().isEnded()).isFalse();
      EntityUtils.consume(response.getEntity());
      assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void body_writtenToAStream_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    ByteArrayOutputStream copied = new ByteArrayOutputStream();

    try (ClassicHttpResponse response = open(rig.client(), new HttpGet("http://orders/"))) {
      response.getEntity().writeTo(copied);
      assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    assertThat(copied).hasToString("body");
  }

  @Test
  void response_closedUnread_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    ClassicHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));
    assertThat(attempt().isEnded()).isFalse();

    response.close();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void entity_closedUnread_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    ClassicHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));

    response.getEntity().close();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void response_withoutBody_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));

    ClassicHttpResponse response = open(rig.client(), new HttpHead("http://orders/"));

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
    response.close();
  }

  @Test
  void body_cutShort_isAnIoFailure() throws Exception {
    MockWebServer server =
        rig.start(
            r ->
                new MockResponse.Builder()
                    .body("0123456789".repeat(100_000))
                    .onResponseBody(new SocketEffect.CloseSocket(true, false, false)));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/")).isInstanceOf(IOException.class);

    assertThat(attempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void requestBody_thatFailsByItself_saysNothingOfTheServer() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    rig.balancer.mirror();
    CloseableHttpClient whole = rig.clientWithoutRetries();
    CloseableHttpClient minimal = rig.keep(HttpClients.createMinimal(rig.connections().build()));

    for (CloseableHttpClient client : List.of(whole, minimal)) {
      IOException ofTheBody = new IOException("no such file");
      HttpPost post = new HttpPost("http://orders/");
      post.setEntity(
          new EntityTemplate(
              ContentType.TEXT_PLAIN,
              out -> {
                out.write('1');
                throw ofTheBody;
              }));

      assertThatThrownBy(() -> Rig.send(client, post)).isSameAs(ofTheBody);
    }

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
  }

  @Test
  void requestBody_thatTheConnectionDoesNotTake_isAnIoFailure() throws Exception {
    byte[] block = new byte[100_000];
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(
        new EntityTemplate(
            ContentType.TEXT_PLAIN,
            out -> {
              while (true) {
                out.write(block);
              }
            }));
    CloseableHttpClient client = rig.clientWithoutRetries();

    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      rig.balancer.serve(
          "orders", new FakeServer("http", NamedHosts.ONE, listening.getLocalPort(), true));
      Thread server = new Thread(() -> resetOnce(listening));
      server.start();

      assertThatThrownBy(() -> Rig.send(client, post)).isInstanceOf(IOException.class);
      server.join();
    }

    assertThat(attempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  /** Takes some of a request, and resets its connection. */
  private static void resetOnce(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      byte[] unused = socket.getInputStream().readNBytes(100_000);
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void request_abortedWhileWaitingForTheAnswer_isCancelled() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch aborted = new CountDownLatch(1);
    MockWebServer server =
        rig.start(
            r -> {
              arrived.countDown();
              aborted.await(10, TimeUnit.SECONDS);
              return new MockResponse.Builder();
            });
    rig.balancer.serve("orders", Rig.http(server), Rig.http(rig.start("other")));
    HttpGet get = new HttpGet("http://orders/");
    Thread aborter =
        new Thread(
            () -> {
              try {
                arrived.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              get.abort();
              aborted.countDown();
            });
    aborter.start();
    CloseableHttpClient client = rig.client();

    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(IOException.class);

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
    aborter.join();
  }

  @Test
  void request_abortedAfterTheAnswerAndNeverClosed_isCancelled() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    HttpGet get = new HttpGet("http://orders/");
    open(rig.client(), get);
    assertThat(attempt().isEnded()).isFalse();

    get.abort();

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void redirectedRequest_aborted_isCancelled() throws Exception {
    MockWebServer server =
        rig.start(
            r ->
                r.getTarget().equals("/new")
                    ? new MockResponse.Builder().body("body")
                    : new MockResponse.Builder().code(302).setHeader("Location", "/new"));
    rig.balancer.serve("orders", Rig.http(server));
    HttpGet get = new HttpGet("http://orders/old");
    open(rig.client(), get);

    get.abort();

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }

  @Test
  void interceptor_failingBeforeTheRequestIsSent_endsTheAttempt() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server), Rig.http(rig.start("b")));
    CloseableHttpClient client =
        rig.keep(
            rig.builder()
                .addRequestInterceptorLast(
                    (request, entity, context) -> {
                      throw new IllegalArgumentException("theirs");
                    })
                .build());

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("theirs");

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void interceptor_replacingTheBody_stillEndsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    CloseableHttpClient client =
        rig.keep(
            rig.builder()
                .addResponseInterceptorLast(
                    (response, entity, context) -> ((ClassicHttpResponse) response).setEntity(null))
                .build());

    open(client, new HttpGet("http://orders/")).close();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }
}
