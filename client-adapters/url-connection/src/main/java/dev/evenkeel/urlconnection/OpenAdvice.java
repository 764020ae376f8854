package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code HttpClient.openServer}: connects to the chosen server, and to the next one after a
 * failure. The method is repeated rather than called, so that a fault of ours can never make it run
 * when it already has. Immutable.
 */
public final class OpenAdvice {
  private OpenAdvice() {}

  /** Re-targets the client. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object client) {
    Calls.enterOpen(client);
  }

  /** Null to leave all as it is, or what to throw, and whether to connect once more. */
  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class,
      repeatOnIndex = 1)
  @Advice.AssignReturned.ToThrown(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.This Object client, @Advice.Thrown @Nullable Throwable thrown) {
    return Calls.leaveOpen(client, thrown);
  }
}
