package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;

/** Before {@code Exchange.ignoreBody}: the client goes on with another request. Thread-safe. */
public final class IgnoredBodyAdvice {
  private IgnoredBodyAdvice() {}

  /** Ends the attempt. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void ignore(@Advice.This Object exchange) {
    Calls.ignored(exchange);
  }
}
