package dev.evenkeel.jdkhttpclient;

import javax.net.ssl.SSLParameters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Before {@code AbstractAsyncSSLConnection.createEngine}: an engine of the server's transport.
 * Thread-safe.
 */
public final class EngineAdvice {
  private EngineAdvice() {}

  /** Context, peer host and parameters; null to leave them. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments({
    @ToArgument(value = 0, index = 0, typing = Typing.DYNAMIC),
    @ToArgument(value = 1, index = 1, typing = Typing.DYNAMIC),
    @ToArgument(value = 3, index = 2, typing = Typing.DYNAMIC)
  })
  public static Object @Nullable [] engine(@Advice.Argument(3) SSLParameters clients) {
    return TransportTls.engine(clients);
  }
}
