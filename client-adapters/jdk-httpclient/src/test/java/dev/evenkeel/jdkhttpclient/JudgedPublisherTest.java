package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgedPublisherTest {
  private final IllegalStateException ofTheBody = new IllegalStateException("no such file");
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private final Sending sending = new Sending(hasFailed);
  private final Speaking publisher = new Speaking();
  private final JudgedPublisher judged = new JudgedPublisher(publisher, hasFailed);

  @Test
  void body_thatIsWhole_goesThroughAsItIs() {
    ByteBuffer part = ByteBuffer.allocate(1);
    judged.subscribe(sending);

    sending.asking().request(3);
    publisher.subscriber().onNext(part);
    publisher.subscriber().onComplete();

    assertThat(judged.contentLength()).isEqualTo(7);
    assertThat(publisher.heard).containsExactly("subscribe", "request 3");
    assertThat(sending.heard).containsExactly("onSubscribe", part, "onComplete");
    assertThat(hasFailed).isFalse();
  }

  @Test
  void body_thatSaysThatItFailed_hasBeforeTheClientHears() {
    judged.subscribe(sending);

    publisher.subscriber().onError(ofTheBody);

    assertThat(sending.heard).containsExactly("onSubscribe", ofTheBody, "noted");
  }

  @Test
  void publisher_thatThrowsWhenItIsAskedForItsLength_hasFailed() {
    publisher.thrown = ofTheBody;

    assertThatThrownBy(judged::contentLength).isSameAs(ofTheBody);

    assertThat(hasFailed).isTrue();
  }

  @Test
  void publisher_thatThrowsWhenItIsSubscribedTo_hasFailed() {
    publisher.thrown = ofTheBody;

    assertThatThrownBy(() -> judged.subscribe(sending)).isSameAs(ofTheBody);

    assertThat(hasFailed).isTrue();
  }

  @Test
  void subscription_thatThrowsWhenItIsAskedForMore_hasFailed() {
    judged.subscribe(sending);
    publisher.thrown = ofTheBody;

    assertThatThrownBy(() -> sending.asking().request(1)).isSameAs(ofTheBody);

    assertThat(hasFailed).isTrue();
  }

  @Test
  void body_thatFailsAfterTheClientCancelledIt_wasNotTheReason() {
    judged.subscribe(sending);

    sending.asking().cancel();
    publisher.subscriber().onError(new IOException("the connection went away"));

    assertThat(publisher.heard).containsExactly("subscribe", "cancel");
    assertThat(sending.heard).hasSize(2);
    assertThat(hasFailed).isFalse();
  }

  @Test
  void body_thatFailsAfterItsEnd_wasSent() {
    judged.subscribe(sending);

    publisher.subscriber().onComplete();
    publisher.subscriber().onError(ofTheBody);

    assertThat(hasFailed).isFalse();
  }

  /** The application's, which does as it is told. Not thread-safe. */
  private static final class Speaking implements BodyPublisher, Subscription {
    private final List<Object> heard = new ArrayList<>();
    private @Nullable RuntimeException thrown;
    private @Nullable Subscriber<? super ByteBuffer> subscriber;

    Subscriber<? super ByteBuffer> subscriber() {
      return Objects.requireNonNull(subscriber);
    }

    @Override
    public long contentLength() {
      throwIfTold();
      return 7;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> itsSubscriber) {
      throwIfTold();
      heard.add("subscribe");
      subscriber = itsSubscriber;
      itsSubscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
      throwIfTold();
      heard.add("request " + n);
    }

    @Override
    public void cancel() {
      heard.add("cancel");
    }

    private void throwIfTold() {
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  /** The client's, which sends what it gets. Not thread-safe. */
  private static final class Sending implements Subscriber<ByteBuffer> {
    private final List<Object> heard = new ArrayList<>();
    private final AtomicBoolean hasFailed;
    private @Nullable Subscription asking;

    Sending(AtomicBoolean hasFailed) {
      this.hasFailed = hasFailed;
    }

    Subscription asking() {
      return Objects.requireNonNull(asking);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      heard.add("onSubscribe");
      asking = subscription;
    }

    @Override
    public void onNext(ByteBuffer part) {
      heard.add(part);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
      if (hasFailed.get()) {
        heard.add("noted");
      }
    }

    @Override
    public void onComplete() {
      heard.add("onComplete");
    }
  }
}
