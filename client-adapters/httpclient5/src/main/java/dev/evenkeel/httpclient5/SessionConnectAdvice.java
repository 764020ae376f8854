package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Advice on the {@code connectSession} of an HTTP/2-only client's pool, which connects for the
 * calls that wait for one session. Immutable.
 */
public final class SessionConnectAdvice {
  private SessionConnectAdvice() {}

  /** What hears of the connection in the pool's place; null to change nothing. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(value = 2, typing = Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(2) @Nullable Object waiting) {
    return SessionCallback.around(waiting);
  }
}
