package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Server;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After {@code Stream.createPseudoHeaders}: {@code :authority} and {@code :scheme}. Thread-safe.
 */
public final class PseudoHeadersAdvice {
  private PseudoHeadersAdvice() {}

  /** The pseudo headers to send; null to leave them. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable HttpHeaders headers(
      @Advice.Argument(0) HttpRequest request, @Advice.Return HttpHeaders logical) {
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    return server == null ? null : Authority.pseudoHeaders(logical, server);
  }
}
