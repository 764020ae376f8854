package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.KeptBody;
import java.io.IOException;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncDataProducer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A request that is sent, and may have to be sent again as the client has prepared it. The
 * application's producer is asked for the body again if it is repeatable; otherwise what it writes
 * is kept. Thread-safe as far as the body is written by one thread at a time.
 */
final class SentRequest {
  private final HttpRequest request;
  private final @Nullable EntityDetails entity;

  /** Those before the connection adds its own, which it refuses to find. */
  private final Header[] headers;

  private volatile @Nullable KeptBody kept;
  private volatile @Nullable CopiedChannel copying;
  private volatile @Nullable DataStreamChannel ending;
  private volatile @Nullable List<? extends Header> trailers;

  /** While the connection is being told that the body is at its end, and once it took that. */
  private volatile boolean isEnding;

  private volatile boolean isEnded;

  /**
   * A request that is about to be sent.
   *
   * @param kept where to keep the body if its producer cannot be asked again
   */
  SentRequest(HttpRequest request, @Nullable EntityDetails entity, KeptBody kept) {
    this.request = request;
    this.entity = entity;
    this.headers = request.getHeaders();
    this.kept = entity == null || isRepeatable(entity) ? null : kept;
  }

  /**
   * The same, where a call may go on to another service; null if its answer is final. A fault is
   * reported and stays here.
   */
  static @Nullable SentRequest begin(
      AsyncCall call, HttpRequest request, @Nullable EntityDetails entity) {
    try {
      KeptBody kept = call.keepBody(entity == null ? 0 : entity.getContentLength());
      return kept == null ? null : new SentRequest(request, entity, kept);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private static boolean isRepeatable(EntityDetails entity) {
    return entity instanceof AsyncEntityProducer producer && producer.isRepeatable();
  }

  HttpRequest request() {
    return request;
  }

  /** Describes the body; null if there is none. */
  @Nullable EntityDetails entity() {
    return entity;
  }

  /** True if the client's exchange has heard that the body is at its end. */
  boolean isEnded() {
    return isEnded;
  }

  /**
   * Where the client's exchange writes the body.
   *
   * @param progress hears of it where the connection takes no more
   */
  DataStreamChannel body(DataStreamChannel channel, AttemptProgress progress) {
    KeptBody keeping = kept;
    if (keeping == null || isEnded) {
      return new EndingChannel(channel, progress);
    }
    CopiedChannel before = copying;
    CopiedChannel now = before == null ? new CopiedChannel(channel, keeping) : before.to(channel);
    copying = now;
    DataStreamChannel last = new EndingChannel(now, progress);
    ending = last;
    return last;
  }

  /**
   * Asks for the end of a kept body whose length has gone, since a server may answer before its
   * producer says that this was all. The connection hears of it as it would at its next turn.
   */
  private void reachEnd(AsyncDataProducer producer, AttemptProgress progress) throws IOException {
    DataStreamChannel last = ending;
    boolean isAllSent = entity != null && entity.getContentLength() == progress.takenBytes();
    if (kept != null && last != null && isAllSent && !isEnding) {
      producer.produce(last);
    }
  }

  /** The answer is the application's, and may be read for long: nobody needs the body any more. */
  void answerStands() {
    CopiedChannel current = copying;
    if (current != null) {
      current.stop();
    }
    kept = null;
  }

  /**
   * Whether the request can be sent again. The end of a body is heard of by one exchange once, so a
   * body whose end is being written at this moment, on a thread of the application, cannot. Nor can
   * a kept one whose producer has yet to say that this was all.
   */
  boolean canBeSentAgain() {
    if (entity == null) {
      return true;
    }
    KeptBody keeping = kept;
    return keeping == null
        ? isRepeatable(entity) && isEnding == isEnded
        : isEnded && keeping.isWhole();
  }

  /**
   * The same, once the producer was asked for the end that is missing, if that is all. What it
   * throws here it throws again when the connection asks. Call where the connection calls.
   *
   * @param progress of the attempt that the producer writes to
   */
  boolean canBeSentAgain(AsyncDataProducer producer, AttemptProgress progress) {
    if (canBeSentAgain()) {
      return true;
    }
    try {
      reachEnd(producer, progress);
    } catch (IOException | RuntimeException unfinished) {
      return false;
    }
    return canBeSentAgain();
  }

  /** Gets the head ready to be sent once more, which the connection has added to. */
  void restoreHead() {
    request.setHeaders(headers);
  }

  /** The body from its start; null if there is none. */
  @Nullable AsyncDataProducer bodyAgain() {
    KeptBody keeping = kept;
    if (keeping != null) {
      return new KeptProducer(keeping.open(), trailers);
    }
    if (entity instanceof AsyncEntityProducer producer) {
      producer.releaseResources();
      return producer;
    }
    return null;
  }

  /** Notes the end of the body, before and after the connection hears of it. Not thread-safe. */
  private final class EndingChannel extends JudgedChannel {
    EndingChannel(DataStreamChannel channel, AttemptProgress progress) {
      super(channel, progress);
    }

    @Override
    public void endStream() throws IOException {
      isEnding = true;
      try {
        super.endStream();
        isEnded = true;
      } finally {
        isEnding = isEnded;
      }
    }

    @Override
    public void endStream(@Nullable List<? extends Header> fields) throws IOException {
      isEnding = true;
      trailers = fields;
      try {
        super.endStream(fields);
        isEnded = true;
      } finally {
        isEnding = isEnded;
      }
    }
  }
}
