package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code responseReceived} of the client's handlers, which stores cookies and judges
 * challenges and redirects. Immutable.
 */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  /** Reports the answer before anybody sees it. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void receive(
      @Advice.This Object handler, @Advice.Argument(0) HttpResponse response) {
    Calls.answered(handler, response);
  }

  /** The answer was judged. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void received(
      @Advice.This Object handler, @Advice.Thrown @Nullable Throwable thrown) {
    Calls.judged(handler, thrown);
  }
}
