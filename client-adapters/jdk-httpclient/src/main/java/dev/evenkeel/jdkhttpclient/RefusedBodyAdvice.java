package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code Exchange.readBodyAsync}: the body of a response that came over no connection. The
 * exit is inlined and uses nothing of ours, so that a skipped method has its result even if the
 * agent is switched off in between. Thread-safe.
 */
public final class RefusedBodyAdvice {
  private RefusedBodyAdvice() {}

  /** What the application makes of the body, which skips the method; null to run it. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable CompletableFuture<?> read(
      @Advice.This Object exchange, @Advice.Argument(0) BodyHandler<?> handler) {
    return TooLargeBody.read(exchange, handler);
  }

  /** Gives back what the method was skipped for. */
  @Advice.OnMethodExit
  @SuppressWarnings("UnusedVariable") // the assignment is the return value of the hooked method
  public static void give(
      @Advice.Enter @Nullable CompletableFuture<?> read,
      @Advice.Return(readOnly = false) @Nullable CompletableFuture<?> returned) {
    if (read != null) {
      returned = read;
    }
  }
}
