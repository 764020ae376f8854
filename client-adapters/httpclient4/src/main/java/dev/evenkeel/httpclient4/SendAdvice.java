package dev.evenkeel.httpclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code HttpRequestExecutor.execute}, where the final request is written: what goes out
 * is copied for mirrors, if the call has any. Immutable.
 */
public final class SendAdvice {
  private SendAdvice() {}

  /** The request to write; null leaves the one there is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static @Nullable HttpRequest enter(@Advice.Argument(0) HttpRequest request) {
    return Copies.begin(request);
  }
}
