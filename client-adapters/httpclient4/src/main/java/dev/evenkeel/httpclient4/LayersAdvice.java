package dev.evenkeel.httpclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import org.apache.http.config.Lookup;
import org.apache.http.conn.socket.ConnectionSocketFactory;

/**
 * After {@code DefaultHttpClientConnectionOperator.getSocketFactoryRegistry}, which finds what
 * makes sockets and puts TLS on them. Immutable.
 */
public final class LayersAdvice {
  private LayersAdvice() {}

  /** The client's own lookup; with a transport in it, where this thread connects with one. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @AssignReturned.ToReturned
  public static Lookup<ConnectionSocketFactory> found(
      @Advice.Return Lookup<ConnectionSocketFactory> found) {
    return TransportLayers.over(found);
  }
}
