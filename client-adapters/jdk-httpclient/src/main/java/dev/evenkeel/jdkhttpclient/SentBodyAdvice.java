package dev.evenkeel.jdkhttpclient;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/** Before {@code onNext} of what sends a body: from there on the bytes are gone. Thread-safe. */
public final class SentBodyAdvice {
  private SentBodyAdvice() {}

  /** Repeats them for mirrors. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void sending(@Advice.This Object subscriber, @Advice.Argument(0) ByteBuffer part) {
    Copies.body(subscriber, part);
  }
}
