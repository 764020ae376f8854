package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code DefaultAsyncClientConnectionOperator.connect}, in all its forms, of which one
 * calls another. Immutable.
 */
public final class AsyncOperatorConnectAdvice {
  private AsyncOperatorConnectAdvice() {}

  /** In one place, the arguments with which TLS comes before the answer; null to leave them. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToAllArguments(index = 0, typing = Typing.DYNAMIC)
  public static Object @Nullable [] enter(@Advice.AllArguments Object[] arguments) {
    return AsyncTls.connecting(arguments);
  }
}
