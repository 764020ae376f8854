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

  /** A {@code Boolean} to skip the handshake; else what {@link #exit} needs. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(@Advice.This Object client) throws Throwable {
    return Handshakes.enter(client);
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
      @Advice.This Object client,
      @Advice.Enter @Nullable Object entered,
      @Advice.Thrown @Nullable Throwable thrown) {
    return Handshakes.leave(client, entered, thrown);
  }
}
