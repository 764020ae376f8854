package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The application's subscriber, with an eye on the body's end. A body that the application reads
 * from an {@link InputStream} ends with that stream and not when the client has received it.
 * Thread-safe where the application's is.
 */
final class WatchedSubscriber<T> implements BodySubscriber<T> {
  @SuppressWarnings("rawtypes") // There is no class of a parameterized type.
  private static final AtomicLongFieldUpdater<WatchedSubscriber> WANTED =
      AtomicLongFieldUpdater.newUpdater(WatchedSubscriber.class, "wanted");

  private final BodySubscriber<T> subscriber;
  private final Ending ending;

  /** How many parts the application's subscriber has asked for and not got; not bounded at last. */
  private volatile long wanted;

  private volatile boolean isReceived;
  private volatile boolean isAskedFor;
  private volatile boolean isStreamed;

  WatchedSubscriber(BodySubscriber<T> subscriber, Ending ending) {
    this.subscriber = subscriber;
    this.ending = ending;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(new WatchedSubscription(subscription));
    restsUnlessWanted(wanted);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    if (wanted != Long.MAX_VALUE) {
      restsUnlessWanted(WANTED.decrementAndGet(this));
    }
    subscriber.onNext(item);
  }

  /** The client keeps this subscriber, and with it what an application has lost. */
  private void restsUnlessWanted(long parts) {
    if (parts > 0) {
      return;
    }
    ending.rests(true);
    if (wanted > 0) {
      // It asked before this was said.
      ending.rests(false);
    }
  }

  private void wants(long parts) {
    long before =
        WANTED.getAndAccumulate(
            this, parts, (had, more) -> more > Long.MAX_VALUE - had ? Long.MAX_VALUE : had + more);
    if (before <= 0) {
      ending.rests(false);
    }
  }

  @Override
  public void onError(Throwable throwable) {
    ending.end(Outcome.IO_FAILED);
    subscriber.onError(throwable);
  }

  @Override
  public void onComplete() {
    isReceived = true;
    if (isAskedFor) {
      endUnlessStreamed();
    }
    subscriber.onComplete();
  }

  /** May come after the body's end: whoever comes second of the two looks at both. */
  @Override
  public CompletionStage<T> getBody() {
    CompletionStage<T> body = subscriber.getBody();
    CompletionStage<T> unused =
        body.whenComplete((made, failure) -> isStreamed = made instanceof InputStream);
    isAskedFor = true;
    if (isReceived) {
      endUnlessStreamed();
    }
    return body;
  }

  private void endUnlessStreamed() {
    if (!isStreamed) {
      ending.end(Outcome.COMPLETED);
    }
  }

  /** A subscriber that wants no more has closed its body. Thread-safe where the client's is. */
  private final class WatchedSubscription implements Subscription {
    private final Subscription subscription;

    WatchedSubscription(Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void request(long n) {
      if (n > 0) {
        wants(n);
      }
      subscription.request(n);
    }

    @Override
    public void cancel() {
      ending.end(Outcome.COMPLETED);
      subscription.cancel();
    }
  }
}
