package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The body of a request that may have to be sent again. Not thread-safe; one per exchange. */
final class SentBody {
  private final Exchange exchange;
  private final HttpRequest request;
  private @Nullable KeptBody kept;
  private @Nullable CopiedEntity filling;

  /** The application's own, unless what was kept of it is sent. */
  private @Nullable JudgedEntity judged;

  private SentBody(Exchange exchange, HttpRequest request) {
    this.exchange = exchange;
    this.request = request;
  }

  /** That of {@code request}; null if it has none. */
  static @Nullable SentBody of(Exchange exchange, HttpRequest request) {
    return of(request) == null ? null : new SentBody(exchange, request);
  }

  /** The body of {@code request}; null if it has none. */
  static @Nullable HttpEntity of(HttpRequest request) {
    return request instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
  }

  /** True if it is longer than it may be for the attempt that was begun last. */
  boolean isTooLong() {
    try {
      HttpEntity entity = of(request);
      return entity != null && entity.getContentLength() > exchange.maxBodyBytes();
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /** What to send: the body itself, or one that is kept on its way, or what was kept. */
  HttpEntity toSend(HttpEntity entity) {
    judged = null;
    if (kept != null && kept.isWhole()) {
      return new KeptEntity(entity, kept);
    }
    JudgedEntity sent = new JudgedEntity(entity);
    judged = sent;
    kept = entity.isRepeatable() ? null : exchange.keepBody(entity.getContentLength());
    filling = kept == null ? null : new CopiedEntity(sent, kept);
    return filling != null ? filling : sent;
  }

  /** True if it was the reason that the request was not sent, which says nothing of the server. */
  boolean hasFailed() {
    return judged != null && judged.hasFailed();
  }

  /** True if the request can be sent again as it was. */
  boolean isRepeatable() {
    HttpEntity entity = of(request);
    return entity == null
        || entity.isRepeatable()
        || (filling != null && !filling.isBegun())
        || (kept != null && kept.isWhole());
  }

  /** True if the application's own was read, and cannot be read again. */
  boolean isGone() {
    return filling != null && filling.isBegun();
  }
}
