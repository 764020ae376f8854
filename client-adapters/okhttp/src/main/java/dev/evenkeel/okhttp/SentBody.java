package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The body of a balanced call's request, as far as the request may have to be sent again: one that
 * can be read once is kept on its way. Not thread-safe; one per exchange.
 */
final class SentBody {
  /** False while no body of this JVM was ever kept: then nobody looks for the call of a request. */
  private static volatile boolean isUsed;

  /** That there is none: keeps nothing, and so may serve every call. */
  private static final SentBody NONE = new SentBody(null);

  private final @Nullable RequestBody body;
  private @Nullable KeptBody kept;
  private @Nullable OneShotBody inItsPlace;

  private SentBody(@Nullable RequestBody body) {
    this.body = body;
  }

  static SentBody of(@Nullable RequestBody body) {
    return body == null ? NONE : new SentBody(body);
  }

  static boolean isUsed() {
    return isUsed;
  }

  /** An attempt has begun: keeps what it sends, unless that is here already or need not be. */
  void begin(Exchange exchange) {
    KeptBody known = kept;
    if (body == null || (known != null && known.isWhole())) {
      return;
    }
    try {
      kept = body.isOneShot() && !body.isDuplex() ? exchange.keepBody(body.contentLength()) : null;
      inItsPlace = kept == null ? null : new OneShotBody(body, kept);
    } catch (Throwable fault) {
      kept = null;
      inItsPlace = null;
      Faults.report(fault);
    }
    if (kept != null) {
      isUsed = true; // Written where it changes something only: every call reads it.
    }
  }

  /** The answer is the application's, and may be read for long: nobody needs the body any more. */
  void answerStands() {
    if (inItsPlace != null) {
      kept = null;
      inItsPlace.forget();
    }
  }

  /** The request with the body that is kept; null if its own will do. */
  @Nullable Request replaced(Request request) {
    return inItsPlace == null || !isOwnBody(request.body())
        ? null
        : request.newBuilder().method(request.method(), inItsPlace).build();
  }

  /** By identity: a network interceptor may have given the request another body. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isOwnBody(@Nullable RequestBody other) {
    return other == body;
  }

  /** True if the request can be sent again. */
  boolean isRepeatable() {
    KeptBody known = kept;
    return body == null
        || (!body.isDuplex() && (!body.isOneShot() || (known != null && known.isWhole())));
  }

  /** True if the body is known to be longer than it may be. Few have a limit to be asked for. */
  boolean isTooLong(Exchange exchange) {
    if (body == null) {
      return false;
    }
    try {
      long maxBytes = exchange.maxBodyBytes();
      return maxBytes != Long.MAX_VALUE && body.contentLength() > maxBytes;
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }
}
