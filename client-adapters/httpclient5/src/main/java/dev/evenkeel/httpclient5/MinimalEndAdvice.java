package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.classic.ExecRuntime;

/**
 * Advice on the methods of {@code InternalExecRuntime} that give back an endpoint, which the
 * minimal client's responses call by themselves: nobody reads the body any more. Immutable.
 */
public final class MinimalEndAdvice {
  private MinimalEndAdvice() {}

  /** Ends an attempt whose response was given to the application. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.This ExecRuntime runtime) {
    MinimalCall.given(runtime);
  }
}
