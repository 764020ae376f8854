package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code MainClientExec.responseCompleted}, which follows redirects and repeats requests.
 * Immutable.
 */
public final class EndOfAnswerAdvice {
  private EndOfAnswerAdvice() {}

  /** The request that the answer belongs to, by which a redirect is known afterwards. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object complete(
      @Advice.Argument(0) Object state, @Advice.Argument(1) Object handler) {
    return Calls.completing(handler, state);
  }

  /** The client has prepared what it does next: nothing, a redirect, or a repeat. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void completed(
      @Advice.Argument(1) Object handler,
      @Advice.Enter @Nullable Object answered,
      @Advice.Thrown @Nullable Throwable thrown) {
    Calls.completed(handler, answered, thrown);
  }
}
