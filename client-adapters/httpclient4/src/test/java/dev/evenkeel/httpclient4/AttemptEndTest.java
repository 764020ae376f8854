package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ConnectionReleaseTrigger;
import org.apache.http.entity.EntityTemplate;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every way in which a call ends must end its attempt, and no sooner. */
class AttemptEndTest {
  @RegisterExtension final Rig rig = new Rig();

  /** A response that stays open: {@code Rig.send} would read it. */
  private static CloseableHttpResponse open(CloseableHttpClient client, HttpUriRequest request)
      throws IOException {
    return client.execute(request);
  }

  private FakeAttempt attempt() {
    return rig.balancer.onlyAttempt();
  }

  @Test
  void body_untilReadToItsEnd_isInFlight() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));

    try (CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"))) {
      assertThat(attempt().status()).isEqualTo(200);
      assertThat(attempt().isEnded()).isFalse();
      EntityUtils.consume(response.getEntity());
      assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void requestBody_thatFailsByItself_saysNothingOfTheServer() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    IOException ofTheBody = new IOException("no such file");
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(
        new EntityTemplate(
            out -> {
              out.write('1');
              throw ofTheBody;
            }));
    CloseableHttpClient client = rig.clientWithoutRetries();

    assertThatThrownBy(() -> Rig.send(client, post)).isSameAs(ofTheBody);

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void body_writtenToAStream_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    ByteArrayOutputStream copied = new ByteArrayOutputStream();

    try (CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"))) {
      response.getEntity().writeTo(copied);
      assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    assertThat(copied).hasToString("body");
  }

  @Test
  void response_closedUnread_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));
    assertThat(attempt().isEnded()).isFalse();

    response.close();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void content_closedUnread_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));

    response.getEntity().getContent().close();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void connection_abortedFromTheStream_isCancelled() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));

    ((ConnectionReleaseTrigger) response.getEntity().getContent()).abortConnection();

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void failureOfTheApplicationsOwnStream_isNotTheServers() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };
    CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));

    assertThatThrownBy(() -> response.getEntity().writeTo(broken)).hasMessage("disk full");

    assertThat(attempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  @SuppressWarnings("deprecation")
  void entity_consumedInTheOldWay_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    CloseableHttpResponse response = open(rig.client(), new HttpGet("http://orders/"));

    response.getEntity().consumeContent();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void response_withoutBody_endsTheAttempt() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));

    CloseableHttpResponse response = open(rig.client(), new HttpHead("http://orders/"));

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
  void executor_failingBeforeTheRequestIsSent_endsTheAttempt() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server), Rig.http(rig.start("b")));
    CloseableHttpClient client =
        rig.keep(
            rig.builder()
                .setRequestExecutor(
                    new HttpRequestExecutor() {
                      @Override
                      public HttpResponse execute(
                          HttpRequest request,
                          HttpClientConnection connection,
                          HttpContext context) {
                        throw new IllegalArgumentException("theirs");
                      }
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
                .addInterceptorLast(
                    (HttpResponseInterceptor) (response, context) -> response.setEntity(null))
                .build());

    open(client, new HttpGet("http://orders/")).close();

    assertThat(attempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }
}
