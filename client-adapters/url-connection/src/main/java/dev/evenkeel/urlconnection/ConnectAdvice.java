package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;

/** Advice on {@code connect} of both connections. Immutable. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  /** True to skip the method. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter(@Advice.This Object connection) {
    return Calls.isConnectedInVain(connection);
  }
}
