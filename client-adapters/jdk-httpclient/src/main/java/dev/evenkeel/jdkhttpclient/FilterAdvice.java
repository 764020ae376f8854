package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code MultiExchange.responseFilters}, in which the client's cookie store, redirects and
 * authentication see a response, and may go on with another request: for a response that is given
 * up it goes on with the same one. The exit is inlined and uses nothing of ours, so that a skipped
 * method has its result even if the agent is switched off in between. Thread-safe.
 */
public final class FilterAdvice {
  private FilterAdvice() {}

  /** The request to go on with, which skips the method; null to run it. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object judge(@Advice.This Object multiExchange) {
    return Calls.givenUp(multiExchange);
  }

  /** Gives back what the method was skipped for. */
  @Advice.OnMethodExit
  @SuppressWarnings("UnusedVariable") // the assignment is the return value of the hooked method
  public static void goOn(
      @Advice.Enter @Nullable Object again,
      @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) @Nullable Object returned) {
    if (again != null) {
      returned = again;
    }
  }
}
