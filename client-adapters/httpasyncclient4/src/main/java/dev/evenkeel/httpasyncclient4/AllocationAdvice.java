package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code AbstractClientExchangeHandler.connectionAllocated}, which hands a connection to its
 * handler, and the methods that say that there is none. Immutable.
 */
public final class AllocationAdvice {
  private AllocationAdvice() {}

  /** What this thread is at otherwise. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object allocate(@Advice.This Object handler) {
    return Allocations.begin(handler);
  }

  /** The connection is with its handler, or broken, or not to be had. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void allocated(@Advice.Enter @Nullable Object before) {
    Allocations.end(before);
  }
}
