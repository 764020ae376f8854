package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Server;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code Http1Request.requestURI}: path and query of the request line. Thread-safe. */
public final class TargetAdvice {
  private TargetAdvice() {}

  /** The target to send; null to leave it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable String target(
      @Advice.This Object http1Request, @Advice.Return String logical) {
    HttpRequest request = Internals.requestOfHttp1(http1Request);
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    return server == null ? null : server.at(logical);
  }
}
