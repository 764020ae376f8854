package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code responseReceived} of the client's handlers, which stores cookies and judges
 * challenges and redirects. Immutable.
 */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  /** Reports the answer before anybody sees it; not null where nobody is to see it. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object receive(
      @Advice.This Object handler, @Advice.Argument(0) HttpResponse response) {
    return Calls.answered(handler, response);
  }

  /** The answer was judged, or is given up: then what its connection is to end with. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToThrown(typing = Typing.DYNAMIC)
  public static @Nullable Throwable received(
      @Advice.This Object handler,
      @Advice.Enter @Nullable Object givenUp,
      @Advice.Thrown @Nullable Throwable thrown) {
    return Calls.judged(handler, givenUp, thrown);
  }
}
