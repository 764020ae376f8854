package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.apache.http.conn.routing.HttpRoute;

/**
 * Before {@code PoolingNHttpClientConnectionManager.requestConnection}, which looks for a kept
 * connection by the route. Immutable.
 */
public final class LeaseAdvice {
  private LeaseAdvice() {}

  /** The route by which the pool tells a transport's connections from all others. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(0))
  public static HttpRoute lease(@Advice.Argument(0) HttpRoute route) {
    return PooledRoutes.of(route);
  }
}
