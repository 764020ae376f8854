package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Advice on {@code HttpURLConnection.getInputStream}. Immutable. */
public final class GetInputAdvice {
  private GetInputAdvice() {}

  /** Ends an attempt that nothing will be sent for. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object connection, @Advice.Thrown @Nullable Throwable thrown) {
    Answers.leaveInput(connection, thrown);
  }
}
