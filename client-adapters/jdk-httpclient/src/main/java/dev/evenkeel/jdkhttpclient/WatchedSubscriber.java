package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The application's subscriber, with an eye on the body's end. A body that the application reads
 * from an {@link InputStream} ends with that stream and not when the client has received it.
 * Thread-safe where the application's is.
 */
final class WatchedSubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final Ending ending;
  private volatile boolean isReceived;
  private volatile boolean isAskedFor;
  private volatile boolean isStreamed;

  WatchedSubscriber(BodySubscriber<T> subscriber, Ending ending) {
    this.subscriber = subscriber;
    this.ending = ending;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(new WatchedSubscription(subscription, ending));
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    subscriber.onNext(item);
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
  private record WatchedSubscription(Subscription subscription, Ending ending)
      implements Subscription {
    @Override
    public void request(long n) {
      subscription.request(n);
    }

    @Override
    public void cancel() {
      ending.end(Outcome.COMPLETED);
      subscription.cancel();
    }
  }
}
