package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code createRequestBody} of both codecs: what goes out through the sink is copied
 * for mirrors, if the call has any. Thread-safe.
 */
public final class RequestBodyAdvice {
  private RequestBodyAdvice() {}

  /** The sink to write the body to; null leaves the one there is. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Sink copy(@Advice.This Object codec, @Advice.Return Sink body) {
    return Copies.body(codec, body);
  }
}
