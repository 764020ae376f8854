package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.RequestCopy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call's request: what is kept of it, as it may have to be sent again, and whether it
 * failed by itself. It does not refer to the application's publisher, which may lead to the
 * request, the key of the call. Thread-safe: the client's threads take turns.
 */
final class SentBody {
  private final Exchange exchange;
  private volatile @Nullable KeptBody kept;
  private volatile @Nullable KeptBody keeping;

  /** Of the application's own in the try under way; null while that is not sent. */
  private volatile @Nullable BodyNote note;

  private SentBody(Exchange exchange) {
    this.exchange = exchange;
  }

  /** That of {@code request}; null if it has none. */
  static @Nullable SentBody of(HttpRequest request, Exchange exchange) {
    return request.bodyPublisher().isPresent() ? new SentBody(exchange) : null;
  }

  private static BodyPublisher publisherOf(HttpRequest request) {
    return request.bodyPublisher().orElseThrow();
  }

  /** True if no server gets the request, for its body is too long to be sent again. */
  boolean isTooLong(HttpRequest request) {
    long maxBytes = exchange.maxBodyBytes();
    return maxBytes != Long.MAX_VALUE && publisherOf(request).contentLength() > maxBytes;
  }

  /** A try begins, whose body has not failed. */
  void beginTry() {
    note = null;
  }

  /** Begins to keep the body of a request that is about to be sent; false if it need not be. */
  boolean keep(HttpRequest request) {
    keeping = null;
    KeptBody known = kept;
    if (known == null || !known.isWhole()) {
      BodyPublisher publisher = publisherOf(request);
      kept =
          KeptPublisher.isRepeatable(publisher)
              ? null
              : exchange.keepBody(publisher.contentLength());
      keeping = kept;
    }
    return keeping != null;
  }

  /** Where the body is kept that is being sent; null if it need not be. */
  @Nullable RequestCopy keeping() {
    return keeping;
  }

  /** What the client reads the body from: what was kept of it, or the application's own. */
  BodyPublisher publisher(HttpRequest request) {
    BodyPublisher publisher = publisherOf(request);
    KeptBody known = kept;
    if (known != null && known.isWhole()) {
      return new KeptPublisher(known, publisher.contentLength());
    }
    BodyNote begun = new BodyNote();
    note = begun;
    return new JudgedPublisher(publisher, begun);
  }

  /** True if it failed by itself, which says nothing of the server. */
  boolean hasFailed() {
    BodyNote current = note;
    return current != null && current.hasFailed();
  }

  /** True if the request can be sent again as it was. */
  boolean isRepeatable(HttpRequest request) {
    BodyPublisher publisher = publisherOf(request);
    KeptBody known = kept;
    return publisher.contentLength() <= exchange.maxBodyBytes()
        && (KeptPublisher.isRepeatable(publisher) || (known != null && known.isWhole()));
  }

  /** The answer is the application's, and may be read for long: nobody needs the body any more. */
  void answerStands() {
    kept = null;
    keeping = null;
  }
}
