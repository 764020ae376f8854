package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The application's publisher of a request body, which notes whether the body failed by itself: it
 * said so, or threw where the client asked it. Thread-safe where the application's is.
 *
 * @param hasFailed the note; one per try, for a publisher may speak long after the call went on
 */
record JudgedPublisher(BodyPublisher publisher, AtomicBoolean hasFailed) implements BodyPublisher {
  @Override
  public long contentLength() {
    try {
      return publisher.contentLength();
    } catch (Throwable failure) {
      hasFailed.set(true);
      throw failure;
    }
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    Judge judge = new Judge(subscriber, hasFailed);
    try {
      publisher.subscribe(judge);
    } catch (Throwable failure) {
      judge.failed();
      throw failure;
    }
  }

  /** What sends the body, seen from the publisher. Thread-safe where the client's is. */
  private static final class Judge implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> subscriber;
    private final AtomicBoolean hasFailed;

    /** Once the body is complete, or the client wants no more of it: after its own failure too. */
    private volatile boolean isOver;

    Judge(Subscriber<? super ByteBuffer> subscriber, AtomicBoolean hasFailed) {
      this.subscriber = subscriber;
      this.hasFailed = hasFailed;
    }

    void failed() {
      if (!isOver) {
        hasFailed.set(true);
      }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(new Asking(subscription, this));
    }

    @Override
    public void onNext(ByteBuffer part) {
      subscriber.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      failed();
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      isOver = true;
      subscriber.onComplete();
    }
  }

  /** How the client asks for more. Thread-safe where the application's is. */
  private record Asking(Subscription subscription, Judge judge) implements Subscription {
    @Override
    public void request(long n) {
      try {
        subscription.request(n);
      } catch (Throwable failure) {
        judge.failed();
        throw failure;
      }
    }

    @Override
    public void cancel() {
      judge.isOver = true;
      subscription.cancel();
    }
  }
}
