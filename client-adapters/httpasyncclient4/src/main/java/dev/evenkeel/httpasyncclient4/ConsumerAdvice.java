package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.apache.http.nio.ContentDecoder;
import org.jspecify.annotations.Nullable;

/**
 * After {@code consumeContent} of the client's handlers, which has the application read the
 * answer's body. Immutable.
 */
public final class ConsumerAdvice {
  private ConsumerAdvice() {}

  /** A part of the body was read, or could not be. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void consumed(
      @Advice.This Object handler,
      @Advice.Argument(0) ContentDecoder decoder,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null) {
      Bodies.thrown(handler, thrown, decoder);
    }
  }
}
