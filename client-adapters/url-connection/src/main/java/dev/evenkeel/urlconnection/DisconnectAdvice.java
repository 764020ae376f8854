package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Advice on {@code HttpURLConnection.disconnect}. Immutable. */
public final class DisconnectAdvice {
  private DisconnectAdvice() {}

  /** Gives up the call. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object connection) {
    Answers.disconnect(connection);
  }
}
