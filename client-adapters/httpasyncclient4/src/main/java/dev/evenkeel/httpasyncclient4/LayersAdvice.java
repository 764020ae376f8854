package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import org.apache.http.config.Lookup;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;

/**
 * After {@code PoolingNHttpClientConnectionManager.getIOSessionFactoryRegistry}, which finds what
 * TLS is layered with. Immutable.
 */
public final class LayersAdvice {
  private LayersAdvice() {}

  /** The client's own lookup; with a transport in it, where this thread layers one. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @AssignReturned.ToReturned
  public static Lookup<SchemeIOSessionStrategy> found(
      @Advice.Return Lookup<SchemeIOSessionStrategy> found) {
    return TransportLayers.over(found);
  }
}
