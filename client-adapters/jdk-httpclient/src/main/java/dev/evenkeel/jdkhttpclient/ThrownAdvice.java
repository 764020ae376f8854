package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After {@code Exchange.responseAsyncImpl}: a try that threw has no future to fail. Thread-safe.
 */
public final class ThrownAdvice {
  private ThrownAdvice() {}

  /** Ends the attempt of a try that threw. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void leave(
      @Advice.This Object exchange, @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null) {
      Calls.thrown(exchange);
    }
  }
}
