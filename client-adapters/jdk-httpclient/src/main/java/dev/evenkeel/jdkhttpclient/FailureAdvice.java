package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * After {@code MultiExchange.getExceptionalCF}, in which the client decides whether to try again:
 * after a connection that could not be made it shall, on another server. The client's own answer to
 * it would be the same server once more. Thread-safe.
 */
public final class FailureAdvice {
  private FailureAdvice() {}

  /** What to return, or one null to try again; null to leave the client's decision. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] decide(
      @Advice.This Object multiExchange,
      @Advice.Argument(0) Throwable failure,
      @Advice.Return @Nullable Object decided) {
    return Failures.failed(multiExchange, failure, decided);
  }
}
