package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Server;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * After {@code HttpRequestImpl.secure}: whether to speak TLS is for the server's scheme to say.
 * Thread-safe.
 */
public final class SecureAdvice {
  private SecureAdvice() {}

  /** Whether the server speaks TLS; null to leave it to the request. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Boolean secure(@Advice.This HttpRequest request) {
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    return server == null ? null : server.scheme().equals("https");
  }
}
