package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;

/**
 * Before {@code AbstractClientExchangeHandler.close}, which is called after a timeout, whatever was
 * made of that. Immutable.
 */
public final class CloseAdvice {
  private CloseAdvice() {}

  /** True where the call went on to another server, which skips the method. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean close(@Advice.This Object handler) {
    return Calls.closing(handler);
  }
}
