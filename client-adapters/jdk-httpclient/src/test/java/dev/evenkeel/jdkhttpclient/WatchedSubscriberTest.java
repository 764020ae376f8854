package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a body rests, since nobody asks for more of it. */
class WatchedSubscriberTest {
  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("http://orders/")).build();

  private final FakeBalancer balancer = new FakeBalancer();
  private final Sent sent = new Sent();

  @BeforeEach
  void serve() {
    balancer.serve("orders", new FakeServer("http", "127.0.0.1", 1, true));
  }

  private <T> WatchedSubscriber<T> watched(BodySubscriber<T> subscriber) {
    BalancedCall call =
        new BalancedCall(
            Objects.requireNonNull(balancer.open("orders", REQUEST, HttpRequestView.INSTANCE)),
            null);
    return new WatchedSubscriber<>(subscriber, new Ending(REQUEST, call));
  }

  private FakeAttempt attempt() {
    return balancer.onlyAttempt();
  }

  @Test
  void stream_thatNobodyReads_rests() throws IOException {
    WatchedSubscriber<InputStream> subscriber = watched(BodySubscribers.ofInputStream());
    InputStream stream = subscriber.getBody().toCompletableFuture().join();
    subscriber.onSubscribe(sent);
    assertThat(attempt().isResting()).as("before the first part").isFalse();

    while (sent.asked > sent.parts) {
      sent.part(subscriber);
    }
    assertThat(attempt().isResting()).isTrue();
    assertThat(stream.read()).isZero();

    assertThat(attempt().isResting()).isFalse();
    assertThat(sent.asked).isEqualTo(sent.parts + 1);
  }

  @Test
  void text_thatTheClientReads_neverRests() {
    WatchedSubscriber<byte[]> subscriber = watched(BodySubscribers.ofByteArray());
    subscriber.onSubscribe(sent);

    sent.part(subscriber);
    sent.part(subscriber);

    assertThat(attempt().isResting()).isFalse();
  }

  @Test
  void publisher_restsUntilSomebodyAsks() {
    WatchedSubscriber<Publisher<List<ByteBuffer>>> subscriber =
        watched(BodySubscribers.ofPublisher());
    subscriber.onSubscribe(sent);
    assertThat(attempt().isResting()).as("nobody has subscribed").isTrue();

    Reading reading = new Reading();
    subscriber.getBody().toCompletableFuture().join().subscribe(reading);
    assertThat(attempt().isResting()).as("nobody has asked").isTrue();
    reading.asking().request(2);
    assertThat(attempt().isResting()).as("two parts are asked for").isFalse();
    sent.part(subscriber);
    assertThat(attempt().isResting()).as("one part is still to come").isFalse();
    sent.part(subscriber);

    assertThat(attempt().isResting()).as("all that was asked for has come").isTrue();
    assertThat(sent.asked).isEqualTo(2);
    assertThat(reading.parts).isEqualTo(2);
  }

  @Test
  void subscriber_thatAsksWithoutBound_neverRests() {
    WatchedSubscriber<Publisher<List<ByteBuffer>>> subscriber =
        watched(BodySubscribers.ofPublisher());
    subscriber.onSubscribe(sent);
    Reading reading = new Reading();
    subscriber.getBody().toCompletableFuture().join().subscribe(reading);

    reading.asking().request(Long.MAX_VALUE);
    sent.part(subscriber);
    reading.asking().request(Long.MAX_VALUE);
    sent.part(subscriber);

    assertThat(attempt().isResting()).isFalse();
  }

  @Test
  void fault_whereTheBodyIsToRest_leavesTheBodyAlone() {
    balancer.plant("rests", 0);
    WatchedSubscriber<InputStream> subscriber = watched(BodySubscribers.ofInputStream());
    subscriber.onSubscribe(sent);

    sent.part(subscriber);

    assertThat(sent.parts).isEqualTo(1);
  }

  /** The client, which delivers parts of one zero byte. Not thread-safe. */
  private static final class Sent implements Subscription {
    private long asked;
    private int parts;

    void part(Subscriber<List<ByteBuffer>> subscriber) {
      parts++;
      subscriber.onNext(List.of(ByteBuffer.allocate(1)));
    }

    @Override
    public void request(long n) {
      asked += n;
    }

    @Override
    public void cancel() {}
  }

  /** The application's. Not thread-safe. */
  private static final class Reading implements Subscriber<List<ByteBuffer>> {
    private @Nullable Subscription asking;
    private int parts;

    Subscription asking() {
      return Objects.requireNonNull(asking);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      asking = subscription;
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      parts++;
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
