package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * The application's publisher of a request body, which notes whether the body failed by itself: it
 * said so, threw where the client asked it, or is not as long as it said. Thread-safe where the
 * application's is.
 *
 * @param note one per try
 */
record JudgedPublisher(BodyPublisher publisher, BodyNote note) implements BodyPublisher {
  @Override
  public long contentLength() {
    try {
      long bytes = publisher.contentLength();
      note.declare(bytes);
      return bytes;
    } catch (Throwable failure) {
      note.failed();
      throw failure;
    }
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    Judge judge = new Judge(subscriber, note);
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
    private final BodyNote note;

    /** A publisher gives one part after the other. */
    private long givenBytes;

    /** Once the body is complete, or the client wants no more of it: after its own failure too. */
    private volatile boolean isOver;

    Judge(Subscriber<? super ByteBuffer> subscriber, BodyNote note) {
      this.subscriber = subscriber;
      this.note = note;
    }

    void failed() {
      if (!isOver) {
        note.failed();
      }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(new Asking(subscription, this));
    }

    @Override
    public void onNext(ByteBuffer part) {
      givenBytes += part.remaining();
      if (note.isExceededBy(givenBytes)) {
        failed();
      }
      subscriber.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      failed();
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      if (note.isMissedBy(givenBytes)) {
        failed();
      }
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
