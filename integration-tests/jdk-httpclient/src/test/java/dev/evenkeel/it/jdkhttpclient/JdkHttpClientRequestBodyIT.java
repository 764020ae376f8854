package dev.evenkeel.it.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A publisher of the application's that fails, in whatever way, is held against no server. */
@ExtendWith(ContractExtension.class)
class JdkHttpClientRequestBodyIT implements Contract {
  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver();
  }

  private enum Way {
    SUBSCRIBE_THROWS,
    FIRST_REQUEST_THROWS,
    SECOND_REQUEST_THROWS,
    SAYS_SO,
    /** For which the client itself tries once more. */
    SAYS_THAT_IT_COULD_NOT_CONNECT
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void overHttp1_publisherThatFails_failsAsDirectAndIsHeldAgainstNoServer(Way way, Stage stage)
      throws Exception {
    failsAsDirect(way, stage, "http", List.of(stage.fleet().http("a"), stage.fleet().http("b")));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void overHttp2_publisherThatFails_failsAsDirectAndIsHeldAgainstNoServer(Way way, Stage stage)
      throws Exception {
    failsAsDirect(way, stage, "https", List.of(stage.fleet().http2("a"), stage.fleet().http2("b")));
  }

  private static void failsAsDirect(Way way, Stage stage, String scheme, List<TestServer> servers) {
    stage.balanceOver(servers.toArray(TestServer[]::new));
    HttpClient client =
        HttpClient.newBuilder().sslContext(stage.fleet().trust().sslContext()).build();
    Failing alone = new Failing(way);
    Failing body = new Failing(way);

    Throwable direct = catchThrowable(() -> post(client, servers.get(0).url(), alone));
    Throwable balanced = catchThrowable(() -> post(client, scheme + "://orders", body));

    assertThat(direct).hasStackTraceContaining(Failing.MESSAGE);
    assertThat(balanced)
        .isExactlyInstanceOf(direct.getClass())
        .hasStackTraceContaining(Failing.MESSAGE);
    assertThat(body.subscribed).hasValue(alone.subscribed.get());
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
    assertThat(stage.service().getLong("Failures")).isZero();
    assertThat(servers)
        .allSatisfy(
            server -> {
              assertThat(stage.bean(server).failures()).isZero();
              assertThat(stage.bean(server).inFlight()).isZero();
            });
  }

  private static void post(HttpClient client, String url, BodyPublisher body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/")).POST(body).build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isNull();
  }

  /** Counts who asks for the body, and fails each of them. Thread-safe: asked in turn. */
  private static final class Failing implements BodyPublisher {
    static final String MESSAGE = "the body's own failure";

    private final AtomicInteger subscribed = new AtomicInteger();
    private final Way way;

    Failing(Way way) {
      this.way = way;
    }

    @Override
    public long contentLength() {
      return -1;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscribed.incrementAndGet();
      if (way == Way.SUBSCRIBE_THROWS) {
        throw new IllegalStateException(MESSAGE);
      }
      subscriber.onSubscribe(new Begun(subscriber, way, new AtomicInteger()));
    }
  }

  /** Has some bytes, and then fails. Thread-safe: asked in turn. */
  private record Begun(Subscriber<? super ByteBuffer> subscriber, Way way, AtomicInteger requested)
      implements Subscription {
    @Override
    public void request(long n) {
      int turn = requested.incrementAndGet();
      if (way == Way.FIRST_REQUEST_THROWS || (way == Way.SECOND_REQUEST_THROWS && turn == 2)) {
        throw new IllegalStateException(Failing.MESSAGE);
      }
      if (turn == 1) {
        subscriber.onNext(ByteBuffer.wrap(new byte[1]));
      } else if (turn == 2) {
        subscriber.onError(
            way == Way.SAYS_SO
                ? new IOException(Failing.MESSAGE)
                : new ConnectException(Failing.MESSAGE));
      }
    }

    @Override
    public void cancel() {}
  }
}
