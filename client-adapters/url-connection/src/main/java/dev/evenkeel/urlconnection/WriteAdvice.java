package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpClient.writeRequests}. Immutable. */
public final class WriteAdvice {
  private WriteAdvice() {}

  /** Names the server. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable String enter(
      @Advice.This Object client, @Advice.Argument(0) Object headers) throws Throwable {
    return Answers.nameServer(client, headers);
  }

  /** Names the logical host again. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Argument(0) Object headers, @Advice.Enter @Nullable String logical) throws Throwable {
    Answers.unnameServer(headers, logical);
  }
}
