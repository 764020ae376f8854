package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpClient.parseHTTP}, which also holds the JDK's own retry. Immutable. */
public final class ParseAdvice {
  private ParseAdvice() {}

  /** The wait begins. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object client) {
    Answers.await(client);
  }

  /** The wait is over. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.This Object client, @Advice.Thrown @Nullable Throwable thrown) {
    Answers.awaited(client, thrown);
  }
}
