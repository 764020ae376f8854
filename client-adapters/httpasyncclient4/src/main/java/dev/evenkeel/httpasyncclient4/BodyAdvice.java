package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.http.nio.ContentEncoder;

/**
 * Before {@code DefaultClientExchangeHandlerImpl.produceContent}, which has the application write
 * its body. Immutable.
 */
public final class BodyAdvice {
  private BodyAdvice() {}

  /** What the application is to write to: the client's own encoder, unless the body is copied. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static ContentEncoder produce(
      @Advice.This Object handler, @Advice.Argument(0) ContentEncoder encoder) {
    return Calls.writing(handler, encoder);
  }
}
