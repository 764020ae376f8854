package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request body of the application's that throws in the middle of an asynchronous client. */
class AsyncRequestBodyTest {
  @RegisterExtension final Rig rig = new Rig();

  private enum Kind {
    ORDINARY,
    MINIMAL,
    HTTP_2,
    HTTP_2_MINIMAL;

    boolean isHttp2() {
      return this == HTTP_2 || this == HTTP_2_MINIMAL;
    }
  }

  private CloseableHttpAsyncClient client(Kind kind) {
    CloseableHttpAsyncClient client =
        switch (kind) {
          case ORDINARY -> rig.asyncBuilder().disableAutomaticRetries().build();
          case MINIMAL -> HttpAsyncClients.createMinimal(rig.asyncConnections().build());
          case HTTP_2 ->
              HttpAsyncClients.customHttp2()
                  .setDnsResolver(rig.hosts)
                  .setTlsStrategy(Rig.trustingTls())
                  .disableAutomaticRetries()
                  .build();
          case HTTP_2_MINIMAL ->
              HttpAsyncClients.createHttp2Minimal(
                  H2Config.DEFAULT, IOReactorConfig.DEFAULT, rig.hosts, Rig.trustingTls());
        };
    client.start();
    return rig.keep(client);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void body_thatThrows_saysNothingOfTheServer(Kind kind) throws Exception {
    MockWebServer server = kind.isHttp2() ? rig.startHttp2("a") : rig.start("a");
    rig.balancer.serve("orders", Rig.http(server), Rig.http(server));
    IOException ofTheBody = new IOException("no such file");

    Future<SimpleHttpResponse> call = post(client(kind), new Failing(ofTheBody));

    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCause(ofTheBody);
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  /** The client closes the connection for it, and with it whatever else was under way there. */
  @ParameterizedTest
  @EnumSource(names = {"HTTP_2", "HTTP_2_MINIMAL"})
  void callOnTheSameConnection_thatIsLostWithIt_saysNothingOfTheServerEither(Kind kind)
      throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    MockWebServer server =
        rig.startHttp2(
            request -> {
              arrived.countDown();
              over.await();
              return new MockResponse.Builder();
            });
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = client(kind);
    IOException ofTheBody = new IOException("no such file");

    Future<SimpleHttpResponse> other = get(client);
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    Future<SimpleHttpResponse> call = post(client, new Failing(ofTheBody));

    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasRootCause(ofTheBody);
    assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS)).hasRootCause(ofTheBody);
    over.countDown();
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
  }

  @Test
  void failure_thatABodyThrowsTwice_isKnownOnceAndOthersAreNot() {
    IOException ofTheBody = new IOException("no such file");

    FailedBodies.note(ofTheBody);
    FailedBodies.note(ofTheBody);

    assertThat(FailedBodies.isOne(ofTheBody)).isTrue();
    assertThat(FailedBodies.isOne(new IOException("no such file"))).isFalse();
  }

  private static Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client) {
    return client.execute(
        SimpleRequestProducer.create(SimpleRequestBuilder.get("http://orders:80/").build()),
        SimpleResponseConsumer.create(),
        null);
  }

  private static Future<SimpleHttpResponse> post(
      CloseableHttpAsyncClient client, AsyncEntityProducer body) {
    return client.execute(
        new BasicRequestProducer(
            new BasicHttpRequest("POST", new HttpHost("http", "orders", 80), "/"), body),
        SimpleResponseConsumer.create(),
        null);
  }

  /** A byte, and then the application's own exception. Not thread-safe. */
  private static final class Failing extends AbstractBinAsyncEntityProducer {
    private final IOException failure;
    private boolean isBegun;

    Failing(IOException failure) {
      super(0, ContentType.TEXT_PLAIN);
      this.failure = failure;
    }

    @Override
    protected int availableData() {
      return 1;
    }

    @Override
    protected void produceData(StreamChannel<ByteBuffer> channel) throws IOException {
      if (isBegun) {
        throw failure;
      }
      isBegun = true;
      channel.write(ByteBuffer.wrap(new byte[1]));
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void failed(Exception cause) {}
  }
}
