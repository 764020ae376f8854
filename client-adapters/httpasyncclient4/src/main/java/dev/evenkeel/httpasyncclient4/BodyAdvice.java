package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.http.nio.ContentEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code produceContent} of the client's handlers, which has the application write its body.
 * Immutable.
 */
public final class BodyAdvice {
  private BodyAdvice() {}

  /**
   * What the application is to write to; and what is not null where it is not to write, since what
   * was kept of its body was written instead. Null to leave all as it is.
   */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class,
      skipOnIndex = 1)
  @AssignReturned.ToArguments(@ToArgument(value = 0, index = 0, typing = Typing.DYNAMIC))
  public static @Nullable Object @Nullable [] produce(
      @Advice.This Object handler, @Advice.Argument(0) ContentEncoder encoder) {
    return Bodies.writing(handler, encoder);
  }

  /**
   * A part of the body was written, or could not be: what to throw in place of what the application
   * threw, which is nothing.
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToThrown(typing = Typing.DYNAMIC)
  public static @Nullable Throwable produced(
      @Advice.This Object handler,
      @Advice.Argument(0) ContentEncoder encoder,
      @Advice.Enter @Nullable Object @Nullable [] instead,
      @Advice.Thrown @Nullable Throwable thrown) {
    return Bodies.written(handler, encoder, instead, thrown);
  }
}
