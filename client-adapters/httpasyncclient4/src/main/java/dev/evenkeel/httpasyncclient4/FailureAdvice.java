package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Before {@code AbstractClientExchangeHandler.failed}, which ends a call: nothing sent, another
 * server may be tried. Immutable.
 */
public final class FailureAdvice {
  private FailureAdvice() {}

  /** True where the call went on to another server, which skips the method. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean fail(
      @Advice.This Object handler, @Advice.Argument(0) @Nullable Exception failure) {
    return Calls.failed(handler, failure);
  }
}
