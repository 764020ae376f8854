package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;

/**
 * Before {@code MinimalClientExchangeHandlerImpl.responseCompleted}, which tells the application
 * that the call is over. Immutable.
 */
public final class MinimalEndOfAnswerAdvice {
  private MinimalEndOfAnswerAdvice() {}

  /** The answer is complete: the attempt ends before the application learns of it. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void complete(@Advice.This Object handler) {
    Calls.completing(handler);
  }
}
