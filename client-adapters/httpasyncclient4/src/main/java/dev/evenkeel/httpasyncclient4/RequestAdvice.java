package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code generateRequest} of the client's handlers, which makes the connection whole, TLS
 * included, and whose result goes to the wire. Immutable.
 */
public final class RequestAdvice {
  private RequestAdvice() {}

  /** What is to be taken back afterwards, where the server has a transport. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object connect(@Advice.This Object handler) {
    return Calls.layering(handler);
  }

  /** The request in its form for the server. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable HttpRequest send(
      @Advice.This Object handler,
      @Advice.Enter @Nullable Object layers,
      @Advice.Return @Nullable HttpRequest request) {
    return Calls.sending(handler, layers, request);
  }
}
