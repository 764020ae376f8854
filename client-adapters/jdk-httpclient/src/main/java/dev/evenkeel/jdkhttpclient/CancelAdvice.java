package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;

/**
 * Before {@code Exchange.cancel()}, which only the application's own cancellation calls.
 * Thread-safe.
 */
public final class CancelAdvice {
  private CancelAdvice() {}

  /** Notes it. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void cancel(@Advice.This Object exchange) {
    Calls.cancelled(exchange);
  }
}
