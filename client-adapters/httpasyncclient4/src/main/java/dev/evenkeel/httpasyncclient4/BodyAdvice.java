package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.http.nio.ContentEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code produceContent} of the client's handlers, which has the application write its body.
 * Immutable.
 */
public final class BodyAdvice {
  private BodyAdvice() {}

  /** What the application is to write to: the client's own encoder, unless the body is copied. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static ContentEncoder produce(
      @Advice.This Object handler, @Advice.Argument(0) ContentEncoder encoder) {
    return Copies.isUsed() ? Calls.writing(handler, encoder) : encoder;
  }

  /** A part of the body was written, or could not be. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void produced(
      @Advice.This Object handler,
      @Advice.Argument(0) ContentEncoder encoder,
      @Advice.Thrown @Nullable Throwable thrown) {
    Calls.written(handler, encoder, thrown);
  }
}
