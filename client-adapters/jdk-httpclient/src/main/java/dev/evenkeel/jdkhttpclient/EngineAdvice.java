package dev.evenkeel.jdkhttpclient;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code AbstractAsyncSSLConnection.createEngine}: an engine of the server's transport. The
 * exit is inlined and uses nothing of ours, so that the application's TLS is not spoken with such a
 * server where the hook fails, or the agent is switched off in between. Thread-safe.
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

  /** Lets no handshake begin for a name of {@link TransportTls}'s, which is never a server's. */
  @Advice.OnMethodExit(backupArguments = false)
  public static void refuse(
      @Advice.Argument(1) @Nullable String peerHost, @Advice.Return SSLEngine engine) {
    if (peerHost != null && peerHost.endsWith(".evenkeel.invalid")) {
      engine.setEnabledProtocols(new String[0]);
    }
  }
}
