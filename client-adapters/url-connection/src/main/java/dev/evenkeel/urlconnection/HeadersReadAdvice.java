package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/**
 * Advice on {@code HttpURLConnection.getCookieHandler}, which the JDK asks for between a response's
 * headers and its cookies. Immutable.
 */
public final class HeadersReadAdvice {
  private HeadersReadAdvice() {}

  /** Adds a cookie. True to skip the method, so that the JDK finds nobody to give cookies to. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter() throws Throwable {
    return Answers.headersRead();
  }
}
