package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;

/** Advice on {@code DefaultAsyncClientConnectionOperator.upgrade}, in all its forms. Immutable. */
public final class AsyncOperatorUpgradeAdvice {
  private AsyncOperatorUpgradeAdvice() {}

  /** Upgrades to a transport's TLS in place of the method; false where it is not asked for. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter(@Advice.AllArguments Object[] arguments) {
    return AsyncTls.upgrade(arguments);
  }
}
