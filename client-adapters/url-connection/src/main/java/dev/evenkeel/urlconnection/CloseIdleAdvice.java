package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Advice on {@code closeIdleConnection} of both clients. Immutable. */
public final class CloseIdleAdvice {
  private CloseIdleAdvice() {}

  /** Says which server is meant. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static boolean enter(@Advice.This Object client) {
    return Calls.enterCloseIdle(client);
  }

  /** Forgets it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter boolean isEntered) {
    Calls.leaveCloseIdle(isEntered);
  }
}
