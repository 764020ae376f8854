package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.RequestCopy;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.nio.ContentEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that may have to be sent again: what became of it in the attempt under way,
 * and what of it is kept. One thread at a time uses it, as the handler. Not thread-safe otherwise.
 */
final class SentBody {
  private final Exchange exchange;
  private volatile @Nullable KeptBody kept;
  private volatile @Nullable KeptContent again;
  private volatile @Nullable RequestCopy copy;
  private volatile @Nullable CopiedEncoder copiedBody;
  private volatile boolean hasBody;
  private volatile boolean isRepeatable;
  private volatile boolean isBegun;
  private volatile boolean isWhole;
  private volatile boolean isShort;

  SentBody(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The one of {@code request}; null if it has none. */
  private static @Nullable HttpEntity of(HttpRequest request) {
    return request instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
  }

  /** True if it is longer than it may be for the attempt that was begun last. */
  boolean isTooLong(@Nullable HttpRequest request) {
    try {
      HttpEntity entity = request == null ? null : of(request);
      return entity != null && entity.getContentLength() > exchange.maxBodyBytes();
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * An attempt begins to send; or the client itself does, after a fault of ours: what was kept has
   * to be sent then too, since the application has written it.
   *
   * @param isProducerRepeatable true if the application can write it more than once
   */
  void begin(HttpRequest request, boolean isProducerRepeatable) {
    try {
      beginAnew(request, isProducerRepeatable);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  private void beginAnew(HttpRequest request, boolean isProducerRepeatable) {
    HttpEntity entity = of(request);
    boolean wasKept = isKept();
    hasBody = entity != null;
    isBegun = false;
    isWhole = false;
    isShort = false;
    forgetCopy();
    KeptBody whole = kept;
    again = wasKept && whole != null ? new KeptContent(whole.open()) : null;
    if (entity != null && !wasKept) {
      isRepeatable = isProducerRepeatable;
      kept = isProducerRepeatable ? null : exchange.keepBody(entity.getContentLength());
    }
  }

  /** From now on it is copied for a mirror. */
  void copyTo(RequestCopy mirrored) {
    copy = mirrored;
  }

  /** What it is to be written to; {@code encoder} itself where it is neither copied nor kept. */
  ContentEncoder writing(ContentEncoder encoder) {
    RequestCopy mirrored = copy;
    KeptBody keeping = again == null ? kept : null;
    isBegun = true;
    if (mirrored == null && keeping == null) {
      return encoder;
    }
    CopiedEncoder known = copiedBody;
    if (known == null || !known.isOver(encoder)) {
      ContentEncoder inner = keeping == null ? encoder : new CopiedEncoder(encoder, keeping);
      known = mirrored == null ? (CopiedEncoder) inner : new CopiedEncoder(inner, mirrored);
      copiedBody = known;
    }
    return known;
  }

  /** What was kept, where it is sent instead of the application's; null otherwise. */
  @Nullable KeptContent again() {
    return again;
  }

  /**
   * The connection has all of it.
   *
   * @param isLessThanDeclared true if that is too little
   */
  void whole(boolean isLessThanDeclared) {
    CopiedEncoder copied = copiedBody;
    isWhole = true;
    isShort = isLessThanDeclared;
    if (copied != null) {
      copied.end(); // Nobody says so of a body whose length is known.
    }
    forgetCopy();
  }

  /**
   * The body is over, or the attempt is: what is written from now on is not copied. The client's
   * encoder leads to its connection, and so to the handler, the key of the call.
   */
  void forgetCopy() {
    copy = null;
    copiedBody = null;
  }

  /** True if it ended too early: what fails after that says nothing of the server. */
  boolean isShort() {
    return isShort;
  }

  private boolean isKept() {
    KeptBody current = kept;
    return current != null && current.isWhole();
  }

  /**
   * True if the request can be sent again as it was. A body that was begun and has not gone whole
   * cannot: the library's own producer keeps the rest of it, and would begin with that.
   */
  boolean isRepeatable() {
    return !hasBody || !isBegun || (isWhole && isRepeatable) || isKept();
  }

  /** True if the application has to begin it anew for another attempt. */
  boolean needsReset() {
    return hasBody && isBegun && !isKept();
  }
}
