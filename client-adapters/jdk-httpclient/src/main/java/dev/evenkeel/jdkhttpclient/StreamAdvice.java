package dev.evenkeel.jdkhttpclient;

import java.io.InputStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Before the constructor of {@code HttpResponseImpl}, the application's response: a body that is a
 * stream is read long after the client received it. Thread-safe.
 */
public final class StreamAdvice {
  private StreamAdvice() {}

  /** The stream to hand out; null to leave the body. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(3))
  public static @Nullable InputStream body(
      @Advice.Argument(3) @Nullable Object body, @Advice.Argument(4) Object exchange) {
    return Calls.streaming(exchange, body);
  }
}
