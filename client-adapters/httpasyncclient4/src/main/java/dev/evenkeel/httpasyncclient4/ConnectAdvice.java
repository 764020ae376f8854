package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;

/**
 * Before {@code AbstractClientExchangeHandler.requestConnection}, which asks for a connection by
 * the route. Immutable.
 */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  /** True where the call was failed instead, which skips the method. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean connect(@Advice.This Object handler) {
    return Calls.connect(handler);
  }
}
