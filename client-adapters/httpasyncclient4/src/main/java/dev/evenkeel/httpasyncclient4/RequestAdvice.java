package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * After {@code DefaultClientExchangeHandlerImpl.generateRequest}, whose result goes to the wire.
 * Immutable.
 */
public final class RequestAdvice {
  private RequestAdvice() {}

  /** The request in its form for the server. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable HttpRequest send(
      @Advice.This Object handler, @Advice.Return @Nullable HttpRequest request) {
    return Calls.sending(handler, request);
  }
}
