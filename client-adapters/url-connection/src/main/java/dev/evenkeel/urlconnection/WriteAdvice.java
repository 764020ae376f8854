package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpClient.writeRequests}. Immutable. */
public final class WriteAdvice {
  private WriteAdvice() {}

  /** Names the server, and begins what mirrors get. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object client,
      @Advice.Argument(0) Object headers,
      @Advice.Argument(1) @Nullable Object buffered)
      throws Throwable {
    return Answers.nameServer(client, headers, buffered);
  }

  /** Names the logical host again. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object client,
      @Advice.Argument(0) Object headers,
      @Advice.Argument(1) @Nullable Object buffered,
      @Advice.Enter @Nullable Object named)
      throws Throwable {
    Answers.unnameServer(client, headers, buffered, named);
  }
}
