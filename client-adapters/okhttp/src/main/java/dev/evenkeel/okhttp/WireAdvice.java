package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Before {@code writeRequestHeaders} of both codecs: what goes over the wire names the server where
 * it must, and nobody above sees it. Thread-safe.
 */
public final class WireAdvice {
  private WireAdvice() {}

  /** The request to write; null leaves the one there is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable Request rewrite(
      @Advice.This Object codec, @Advice.Argument(0) Request request) {
    return Calls.rewrite(codec, request);
  }
}
