package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Deadline;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How an asynchronous attempt ends, and when the call goes on to another server. */
class AsyncCallTest {
  private static final String URL = "http://orders/";
  private static final Timeout LEASE_TIMEOUT = Timeout.ofMilliseconds(5);

  @RegisterExtension final Rig rig = new Rig();

  @Test
  void deadServers_areTriedInTurnThenTheLiveOne() throws Exception {
    MockWebServer live = rig.start("live");
    rig.balancer.serve("orders", Rig.dead(), Rig.dead(), Rig.http(live));

    assertThat(Rig.get(rig.asyncClient(), URL)).isEqualTo("live");

    assertThat(rig.balancer.asked()).hasSize(1);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void deadServers_only_failTheCallAsTheClientDoes() throws Exception {
    rig.balancer.serve("orders", Rig.dead(), Rig.dead());

    Throwable failure = catchThrowable(() -> Rig.get(rig.asyncClient(), URL));

    assertThat(failure).hasCauseInstanceOf(ConnectException.class);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED);
  }

  @Test
  void certificate_ofAnotherHost_isNoConnection() throws Exception {
    MockWebServer wrong = rig.startTls("orders", request -> new MockResponse.Builder());
    MockWebServer right =
        rig.startTls(NamedHosts.TWO, request -> new MockResponse.Builder().body("right"));
    rig.balancer.serve(
        "orders", Rig.https(NamedHosts.ONE, wrong), Rig.https(NamedHosts.TWO, right));

    assertThat(Rig.get(rig.asyncClient(), "https://orders/")).isEqualTo("right");

    assertThat(wrong.getRequestCount()).isZero();
    assertThat(rig.hosts.asked()).containsExactly(NamedHosts.ONE, NamedHosts.TWO);
  }

  @Test
  void answer_isReportedAndEndsTheAttempt() throws Exception {
    rig.balancer.serve(
        "orders", Rig.http(rig.start(r -> new MockResponse.Builder().code(404).body("no"))));

    assertThat(Rig.get(rig.asyncClient(), URL)).isEqualTo("no");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::status, FakeAttempt::outcome)
        .containsExactly(tuple(404, Outcome.COMPLETED));
  }

  @Test
  void connectionLost_afterTheRequest_isTheServersFailureAndNotMoved() throws Exception {
    MockWebServer dropping =
        rig.start(r -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
    rig.balancer.serve("orders", Rig.http(dropping), Rig.http(rig.start("other")));

    Throwable failure =
        catchThrowable(
            () ->
                Rig.send(
                    rig.asyncClient(),
                    SimpleRequestBuilder.post(URL).setBody("x", ContentType.TEXT_PLAIN).build()));

    assertThat(failure).hasCauseInstanceOf(IOException.class);
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void interceptorBelowTheConnection_thatThrows_isNotTheServersFailure() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    CloseableHttpAsyncClient client =
        rig.started(
            rig.asyncBuilder()
                .disableAutomaticRetries()
                .addExecInterceptorAfter(
                    "CONNECT",
                    "throwing",
                    (request, body, scope, chain, callback) -> {
                      throw new IOException("the application's own");
                    }));

    Throwable failure = catchThrowable(() -> Rig.get(client, URL));

    assertThat(failure).hasRootCauseMessage("the application's own");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void requestInterceptor_thatThrows_isNotTheServersFailure() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    CloseableHttpAsyncClient client =
        rig.started(
            rig.asyncBuilder()
                .disableAutomaticRetries()
                .addRequestInterceptorLast(
                    (request, body, context) -> {
                      throw new ProtocolException("the application's own");
                    }));

    Throwable failure = catchThrowable(() -> Rig.get(client, URL));

    assertThat(failure).hasRootCauseInstanceOf(HttpException.class);
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void consumer_thatThrows_gaveUpTheCall() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a body")));
    CloseableHttpAsyncClient client = rig.started(rig.asyncBuilder().disableAutomaticRetries());

    Future<Void> call =
        client.execute(
            SimpleRequestProducer.create(SimpleRequestBuilder.get(URL).build()),
            new Refusing(),
            null);

    assertThat(catchThrowable(() -> call.get(10, TimeUnit.SECONDS)))
        .hasRootCauseMessage("the application's own");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void leaseThatTimesOut_isTheClientsOwnLimit() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    MockWebServer holding =
        rig.start(
            r -> {
              arrived.countDown();
              released.await();
              return new MockResponse.Builder().body("held");
            });
    rig.balancer.serve("orders", Rig.http(holding), Rig.http(rig.start("other")));
    CloseableHttpAsyncClient client =
        rig.started(
            rig.asyncBuilder()
                .setConnectionManager(rig.asyncConnections().setMaxConnTotal(1).build())
                .setDefaultRequestConfig(
                    RequestConfig.custom().setConnectionRequestTimeout(LEASE_TIMEOUT).build()));

    Future<SimpleHttpResponse> held = client.execute(SimpleRequestBuilder.get(URL).build(), null);
    arrived.await();
    Future<SimpleHttpResponse> waiting =
        client.execute(SimpleRequestBuilder.get(URL).build(), null);
    // The client looks at the time only when a connection is given back.
    Deadline deadline = Deadline.calculate(LEASE_TIMEOUT);
    while (!deadline.isExpired()) {
      Thread.onSpinWait();
    }
    released.countDown();

    assertThat(held.get().getBodyText()).isEqualTo("held");
    assertThat(catchThrowable(waiting::get)).hasCauseInstanceOf(TimeoutException.class);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }

  /** Wants no body. */
  private static final class Refusing extends AbstractBinResponseConsumer<Void> {
    @Override
    protected void start(HttpResponse response, ContentType contentType) {}

    @Override
    protected int capacityIncrement() {
      return 1024;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean endOfStream) throws IOException {
      throw new IOException("the application's own");
    }

    @Override
    protected Void buildResult() {
      return null;
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
  }
}
