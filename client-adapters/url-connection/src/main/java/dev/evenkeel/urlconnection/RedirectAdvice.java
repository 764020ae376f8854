package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Around {@code HttpURLConnection.followRedirect0}, which looks for the next client. Immutable. */
public final class RedirectAdvice {
  private RedirectAdvice() {}

  /** Remembers which call was redirected. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static boolean enter(@Advice.This Object connection) {
    return Calls.enterRedirect(connection);
  }

  /** Forgets it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter boolean isEntered) {
    Calls.leaveRedirect(isEntered);
  }
}
