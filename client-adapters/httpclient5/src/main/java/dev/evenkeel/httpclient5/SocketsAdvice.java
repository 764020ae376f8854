package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Lookup;

/**
 * After {@code DefaultHttpClientConnectionOperator.getSocketFactoryRegistry}, which finds, until
 * 5.3, what makes sockets and puts TLS on them. Immutable.
 */
@SuppressWarnings("deprecation")
public final class SocketsAdvice {
  private SocketsAdvice() {}

  /** The client's own lookup; with a transport in it, where this thread connects with one. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @AssignReturned.ToReturned
  public static Lookup<ConnectionSocketFactory> found(
      @Advice.Return Lookup<ConnectionSocketFactory> found) {
    return TransportSockets.over(found);
  }
}
