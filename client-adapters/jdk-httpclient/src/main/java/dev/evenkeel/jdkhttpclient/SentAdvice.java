package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;

/** Before {@code onComplete} of what sends a body: no answer can be earlier. Thread-safe. */
public final class SentAdvice {
  private SentAdvice() {}

  /** The copy for mirrors is whole. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void sent(@Advice.This Object subscriber) {
    Copies.end(subscriber);
  }
}
