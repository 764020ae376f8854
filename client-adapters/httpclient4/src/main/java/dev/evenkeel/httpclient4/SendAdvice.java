package dev.evenkeel.httpclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code HttpRequestExecutor.execute}, where the final request is written and the head of
 * its response read: what goes out is copied where it must be, and what comes in is judged before
 * anybody makes anything of it. Immutable.
 */
public final class SendAdvice {
  private SendAdvice() {}

  /** The request to write; null leaves the one there is, which is none of ours. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static @Nullable HttpRequest enter(@Advice.Argument(0) HttpRequest request) {
    return Sending.begin(request);
  }

  /** The exception to end with, where the response is given up; null leaves all as it is. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToThrown(typing = Typing.DYNAMIC)
  public static @Nullable Throwable exit(
      @Advice.Enter @Nullable HttpRequest sent,
      @Advice.Return @Nullable HttpResponse returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    return Sending.end(sent, returned, thrown);
  }
}
