package dev.evenkeel.httpclient5;

import dev.evenkeel.httpclient5.ClassicTls.Upgrade;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** Advice on {@code DefaultHttpClientConnectionOperator.upgrade}, in all its forms. Immutable. */
public final class OperatorUpgradeAdvice {
  private OperatorUpgradeAdvice() {}

  /** Upgrades to a transport's TLS in place of the method; null where it is not asked for. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(@Advice.AllArguments Object[] arguments) {
    return ClassicTls.upgrade(arguments);
  }

  /** What the upgrade failed with; null where the method ends as it would. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @AssignReturned.ToThrown(typing = Typing.DYNAMIC)
  public static @Nullable Throwable exit(@Advice.Enter @Nullable Object entered) {
    return entered instanceof Upgrade upgrade ? upgrade.failure() : null;
  }
}
