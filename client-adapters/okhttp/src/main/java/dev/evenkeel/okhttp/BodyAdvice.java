package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Response;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code openResponseBodySource} of both codecs: the body of a balanced call tells
 * when it ends. So far down, no response has to be made anew for that. Thread-safe.
 */
public final class BodyAdvice {
  private BodyAdvice() {}

  /** The body to read; null leaves the one there is. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Source watch(
      @Advice.This Object codec, @Advice.Argument(0) Response head, @Advice.Return Source body) {
    return Calls.watch(codec, head, body);
  }
}
