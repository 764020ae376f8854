package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code HttpClient.parseHTTP}, which also holds the JDK's own retry. The method is repeated
 * after the request was sent to another server. Immutable.
 */
public final class ParseAdvice {
  private ParseAdvice() {}

  /** The wait begins. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object client) {
    Answers.await(client);
  }

  /** Null to leave all as it is, or what to throw, and whether to wait once more. */
  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class,
      repeatOnIndex = 1)
  @Advice.AssignReturned.ToThrown(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.This Object client,
      @Advice.Argument(0) Object responses,
      @Advice.Thrown @Nullable Throwable thrown) {
    return Answers.awaited(client, responses, thrown);
  }
}
