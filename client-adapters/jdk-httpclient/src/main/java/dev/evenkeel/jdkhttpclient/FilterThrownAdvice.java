package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After {@code MultiExchange.responseFilters}: what an application's cookie handler throws there
 * makes the client cancel the connection of the response. Thread-safe.
 */
public final class FilterThrownAdvice {
  private FilterThrownAdvice() {}

  /** Remembers what was thrown, for a response that came over no connection. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void leave(
      @Advice.This Object multiExchange, @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null) {
      TooLargeBody.refused(multiExchange, thrown);
    }
  }
}
