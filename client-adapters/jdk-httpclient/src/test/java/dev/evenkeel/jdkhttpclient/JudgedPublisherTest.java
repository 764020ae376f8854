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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgedPublisherTest {
  private final IllegalStateException ofTheBody = new IllegalStateException("no such file");
  private final BodyNote note = new BodyNote();
  private final Sending sending = new Sending(note);
  private final Speaking publisher = new Speaking();
  private final JudgedPublisher judged = new JudgedPublisher(publisher, note);

  @Test
  void body_thatIsWhole_goesThroughAsItIs() {
    ByteBuffer part = ByteBuffer.allocate(3);
    ByteBuffer rest = ByteBuffer.allocate(4);
    assertThat(judged.contentLength()).isEqualTo(7);
    judged.subscribe(sending);

    sending.asking().request(3);
    publisher.subscriber().onNext(part);
    publisher.subscriber().onNext(rest);
    publisher.subscriber().onComplete();

    assertThat(publisher.heard).containsExactly("subscribe", "request 3");
    assertThat(sending.heard).containsExactly("onSubscribe", part, rest, "onComplete");
    assertThat(note.hasFailed()).isFalse();
  }

  @Test
  void body_thatSaysThatItFailed_hasBeforeTheClientHears() {
    judged.subscribe(sending);

    publisher.subscriber().onError(ofTheBody);

    assertThat(sending.heard).containsExactly("onSubscribe", ofTheBody, "noted");
  }

  @Test
  void body_thatIsTooLong_hasFailedBeforeTheClientHears() {
    ByteBuffer part = ByteBuffer.allocate(7);
    ByteBuffer tooMuch = ByteBuffer.allocate(1);
    assertThat(judged.contentLength()).isEqualTo(7);
    judged.subscribe(sending);

    publisher.subscriber().onNext(part);
    publisher.subscriber().onNext(tooMuch);

    assertThat(sending.heard).containsExactly("onSubscribe", part, tooMuch, "noted");
  }

  @Test
  void body_thatIsTooShort_hasFailedBeforeTheClientHears() {
    ByteBuffer part = ByteBuffer.allocate(6);
    assertThat(judged.contentLength()).isEqualTo(7);
    judged.subscribe(sending);

    publisher.subscriber().onNext(part);
    publisher.subscriber().onComplete();

    assertThat(sending.heard).containsExactly("onSubscribe", part, "onComplete", "noted");
  }

  @Test
  void body_thatSaysNothingOfItsLength_hasAny() {
    ByteBuffer part = ByteBuffer.allocate(6);
    publisher.length = -1;
    assertThat(judged.contentLength()).isEqualTo(-1);
    judged.subscribe(sending);

    publisher.subscriber().onNext(part);
    publisher.subscriber().onComplete();

    assertThat(sending.heard).containsExactly("onSubscribe", part, "onComplete");
  }

  @Test
  void body_thatGoesOnAfterTheClientCancelledIt_wasNotTheReason() {
    assertThat(judged.contentLength()).isEqualTo(7);
    judged.subscribe(sending);

    sending.asking().cancel();
    publisher.subscriber().onNext(ByteBuffer.allocate(8));
    publisher.subscriber().onComplete();

    assertThat(note.hasFailed()).isFalse();
  }

  @Test
  void publisher_thatThrowsWhenItIsAskedForItsLength_hasFailed() {
    publisher.thrown = ofTheBody;

    assertThatThrownBy(judged::contentLength).isSameAs(ofTheBody);

    assertThat(note.hasFailed()).isTrue();
  }

  @Test
  void publisher_thatThrowsWhenItIsSubscribedTo_hasFailed() {
    publisher.thrown = ofTheBody;

    assertThatThrownBy(() -> judged.subscribe(sending)).isSameAs(ofTheBody);

    assertThat(note.hasFailed()).isTrue();
  }

  @Test
  void subscription_thatThrowsWhenItIsAskedForMore_hasFailed() {
    judged.subscribe(sending);
    publisher.thrown = ofTheBody;

    assertThatThrownBy(() -> sending.asking().request(1)).isSameAs(ofTheBody);

    assertThat(note.hasFailed()).isTrue();
  }

  @Test
  void body_thatFailsAfterTheClientCancelledIt_wasNotTheReason() {
    judged.subscribe(sending);

    sending.asking().cancel();
    publisher.subscriber().onError(new IOException("the connection went away"));

    assertThat(publisher.heard).containsExactly("subscribe", "cancel");
    assertThat(sending.heard).hasSize(2);
    assertThat(note.hasFailed()).isFalse();
  }

  @Test
  void body_thatFailsAfterItsEnd_wasSent() {
    judged.subscribe(sending);

    publisher.subscriber().onComplete();
    publisher.subscriber().onError(ofTheBody);

    assertThat(note.hasFailed()).isFalse();
  }

  /** The application's, which does as it is told. Not thread-safe. */
  private static final class Speaking implements BodyPublisher, Subscription {
    private final List<Object> heard = new ArrayList<>();
    private long length = 7;
    private @Nullable RuntimeException thrown;
    private @Nullable Subscriber<? super ByteBuffer> subscriber;

    Subscriber<? super ByteBuffer> subscriber() {
      return Objects.requireNonNull(subscriber);
    }

    @Override
    public long contentLength() {
      throwIfTold();
      return length;
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
    private final BodyNote note;
    private @Nullable Subscription asking;

    Sending(BodyNote note) {
      this.note = note;
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
      addNote();
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
      addNote();
    }

    @Override
    public void onComplete() {
      heard.add("onComplete");
      addNote();
    }

    private void addNote() {
      if (note.hasFailed()) {
        heard.add("noted");
      }
    }
  }
}
