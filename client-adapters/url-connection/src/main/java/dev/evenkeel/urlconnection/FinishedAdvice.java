package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Advice on {@code HttpClient.finished}. Immutable. */
public final class FinishedAdvice {
  private FinishedAdvice() {}

  /** Ends the attempt. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object client) {
    Answers.finished(client);
  }
}
