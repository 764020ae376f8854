package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code RetryAndFollowUpInterceptor.intercept}: OkHttp will not retry any more, so a
 * failed attempt is over. Thread-safe.
 */
public final class CallAdvice {
  private CallAdvice() {}

  /** Ends an attempt that no response body will end. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void leave(
      @Advice.Argument(0) Interceptor.Chain chain, @Advice.Thrown @Nullable Throwable thrown) {
    Calls.leave(chain, thrown);
  }
}
