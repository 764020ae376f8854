package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;

/**
 * Before {@code releaseResources} of the client's handlers, the last step of every call, however it
 * ends. Immutable.
 */
public final class EndAdvice {
  private EndAdvice() {}

  /** Ends what has not ended by now. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void end(@Advice.This Object handler) {
    Calls.ended(handler);
  }
}
