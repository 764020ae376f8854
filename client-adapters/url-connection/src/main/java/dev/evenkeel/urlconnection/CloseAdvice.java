package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Advice on {@code HttpClient.closeServer}. Immutable. */
public final class CloseAdvice {
  private CloseAdvice() {}

  /** Ends the attempt, unless the JDK may still retry. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object client) {
    Answers.closed(client);
  }
}
