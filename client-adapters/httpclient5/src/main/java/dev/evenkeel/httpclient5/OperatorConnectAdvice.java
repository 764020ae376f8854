package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code DefaultHttpClientConnectionOperator.connect}, in all its forms, of which one
 * calls another. Immutable.
 */
public final class OperatorConnectAdvice {
  private OperatorConnectAdvice() {}

  /** Puts a transport's TLS on the connection; null where the method ends as it would. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToThrown(typing = Typing.DYNAMIC)
  public static @Nullable Throwable exit(
      @Advice.AllArguments Object[] arguments, @Advice.Thrown @Nullable Throwable thrown) {
    return thrown == null ? ClassicTls.connected(arguments) : null;
  }
}
