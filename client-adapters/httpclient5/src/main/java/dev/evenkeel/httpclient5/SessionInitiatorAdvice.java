package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code MultihomeConnectionInitiator.connect}, in both its forms, by which pools of
 * sessions connect in every version. Immutable.
 */
public final class SessionInitiatorAdvice {
  private SessionInitiatorAdvice() {}

  /** In one place, the arguments with which TLS comes before the answer; null to leave them. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToAllArguments(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] enter(
      @Advice.AllArguments @Nullable Object[] arguments) {
    return SessionCallback.connecting(arguments);
  }
}
