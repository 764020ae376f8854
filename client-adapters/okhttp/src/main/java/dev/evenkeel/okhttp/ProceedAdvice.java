package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Before {@code RealInterceptorChain.proceed}, where a connected call's request goes on: a body
 * that can be read once is kept, as the request may have to be sent again. Thread-safe.
 */
public final class ProceedAdvice {
  private ProceedAdvice() {}

  /** The request to go on with; null leaves the one there is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable Request keep(
      @Advice.This Interceptor.Chain chain, @Advice.Argument(0) Request request) {
    return Calls.keep(chain, request);
  }
}
