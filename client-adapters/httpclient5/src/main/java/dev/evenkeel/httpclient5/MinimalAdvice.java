package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** Advice on {@code MinimalHttpClient.doExecute}, where a call begins and ends. Immutable. */
public final class MinimalAdvice {
  private MinimalAdvice() {}

  /**
   * Opens the exchange of a balanced call.
   *
   * @return the application's request as the client's runtime gets it; null to leave the call alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(1))
  public static @Nullable ClassicHttpRequest enter(
      @Advice.This Object client,
      @Advice.Argument(0) @Nullable HttpHost target,
      @Advice.Argument(1) @Nullable ClassicHttpRequest request) {
    return MinimalRequest.begin(client, target, request);
  }

  /** Ends what is left open where the client failed outside of its runtime. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable ClassicHttpRequest entered,
      @Advice.Thrown @Nullable Throwable thrown) {
    MinimalRequest.finish(entered, thrown);
  }
}
