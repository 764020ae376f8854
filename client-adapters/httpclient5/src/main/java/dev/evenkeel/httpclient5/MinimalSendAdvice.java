package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Advice on the {@code InternalExecRuntime.execute} that the minimal client uses: the request
 * leaves in its form for the server, and the response is seen first. Immutable.
 */
public final class MinimalSendAdvice {
  private MinimalSendAdvice() {}

  /**
   * Gives the request its form for the server.
   *
   * @return the request to send and what {@link #exit} needs; null to leave the call alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(value = 1, index = 0, typing = Typing.DYNAMIC))
  public static Object @Nullable [] enter(
      @Advice.Argument(0) String id,
      @Advice.Argument(1) ClassicHttpRequest request,
      @Advice.Argument(2) HttpClientContext context) {
    return MinimalCall.send(id, request, context);
  }

  /**
   * Reports how the attempt went, and goes on with another service where that is configured.
   *
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  @AssignReturned.ToThrown(index = 1, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.Enter Object @Nullable [] entered,
      @Advice.Return @Nullable ClassicHttpResponse returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    return MinimalCall.sent(entered, returned, thrown);
  }
}
