package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/**
 * Advice on {@code HttpURLConnection.getCookieHandler}, which the JDK asks for between a response's
 * headers and its cookies. Immutable.
 */
public final class HeadersReadAdvice {
  private HeadersReadAdvice() {}

  /** Adds a cookie. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter() throws Throwable {
    Answers.headersRead();
  }
}
