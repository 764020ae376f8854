package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.http.conn.routing.HttpRoute;

/**
 * Before {@code PoolingNHttpClientConnectionManager.InternalAddressResolver.resolveRemoteAddress},
 * which looks up the address of a route. Immutable.
 */
public final class AddressAdvice {
  private AddressAdvice() {}

  /** The route with the server's own name. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static HttpRoute resolve(@Advice.Argument(0) HttpRoute route) {
    return PooledRoutes.toServer(route);
  }
}
