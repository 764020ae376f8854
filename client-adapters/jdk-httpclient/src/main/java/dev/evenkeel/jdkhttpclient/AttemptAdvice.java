package dev.evenkeel.jdkhttpclient;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code Exchange.responseAsyncImpl}, which is one try: chooses its server before anything
 * else happens, and fails it where there is none. The exit is inlined and uses nothing of ours, so
 * that a skipped method has its result even if the agent is switched off in between. Thread-safe.
 */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  /**
   * Opens the exchange.
   *
   * @return what the try ends with, which skips the method; null to run it
   */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable CompletableFuture<Object> begin(@Advice.This Object exchange) {
    return Calls.begin(exchange);
  }

  /** Gives back what the method was skipped for. */
  @Advice.OnMethodExit
  @SuppressWarnings("UnusedVariable") // the assignment is the return value of the hooked method
  public static void fail(
      @Advice.Enter @Nullable CompletableFuture<Object> begun,
      @Advice.Return(readOnly = false) @Nullable CompletableFuture<Object> returned) {
    if (begun != null) {
      returned = begun;
    }
  }
}
