package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code HttpsClient.afterConnect}: no handshake with an http server, and another server
 * after one that failed. Immutable.
 */
public final class HandshakeAdvice {
  private HandshakeAdvice() {}

  /** True to skip the handshake. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter(@Advice.This Object client) {
    return Calls.isInTheClear(client);
  }

  /** Null to leave all as it is, or what to throw, and whether to shake hands once more. */
  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class,
      repeatOnIndex = 1)
  @Advice.AssignReturned.ToThrown(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.This Object client, @Advice.Thrown @Nullable Throwable thrown) {
    return Calls.leaveHandshake(client, thrown);
  }
}
