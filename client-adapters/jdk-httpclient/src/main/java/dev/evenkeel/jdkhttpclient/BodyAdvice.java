package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code Exchange.readBodyAsync}: sees the body's true end. The future is observed, never
 * replaced. Thread-safe.
 */
public final class BodyAdvice {
  private BodyAdvice() {}

  /** A handler that sees the end; null to leave the application's own. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable BodyHandler<?> reading(
      @Advice.This Object exchange, @Advice.Argument(0) BodyHandler<?> handler) {
    return Calls.reading(exchange, handler);
  }

  /** Watches for a failure that no subscriber is told, and for a handler that throws. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void read(
      @Advice.This Object exchange,
      @Advice.Return @Nullable CompletableFuture<?> body,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (body == null || thrown != null) {
      Calls.thrown(exchange);
    } else {
      Calls.read(exchange, body);
    }
  }
}
