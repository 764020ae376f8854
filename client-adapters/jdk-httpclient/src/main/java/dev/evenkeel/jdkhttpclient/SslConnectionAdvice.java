package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** Around {@code HttpConnection.getSSLConnection}: says for which server it is. Thread-safe. */
public final class SslConnectionAdvice {
  private SslConnectionAdvice() {}

  /** True if the server has TLS of its own. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static boolean enter(@Advice.Argument(3) HttpRequest request) {
    return TransportTls.enter(request);
  }

  /** The connection is made, or could not be. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter boolean entered) {
    TransportTls.leave(entered);
  }
}
