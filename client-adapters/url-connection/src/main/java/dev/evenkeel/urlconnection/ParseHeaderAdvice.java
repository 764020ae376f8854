package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Around {@code HttpClient.parseHTTPHeader}. Immutable. */
public final class ParseHeaderAdvice {
  private ParseHeaderAdvice() {}

  /** Remembers whose headers these are. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static boolean enter(@Advice.This Object client, @Advice.Argument(0) Object headers) {
    return Answers.readHeaders(client, headers);
  }

  /** Forgets it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter boolean isEntered) {
    Answers.leaveHeaders(isEntered);
  }
}
