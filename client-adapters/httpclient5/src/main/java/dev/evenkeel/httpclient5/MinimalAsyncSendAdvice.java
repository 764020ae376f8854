package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Advice on the {@code execute} of an endpoint of {@code MinimalHttpAsyncClient}, where the
 * client's own exchange goes to the connection. Immutable.
 */
public final class MinimalAsyncSendAdvice {
  private MinimalAsyncSendAdvice() {}

  /**
   * Puts the attempt between the connection and the client's exchange.
   *
   * @return the exchange on the wire; null to leave it alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static @Nullable AsyncClientExchangeHandler enter(
      @Advice.Argument(0) AsyncClientExchangeHandler exchange) {
    return MinimalEndpoints.onTheWire(exchange);
  }
}
