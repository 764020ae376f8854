package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code RealConnection.supportsUrl}, where OkHttp 3 asks what its successors ask of
 * the plan: the logical host is the right one on a connection to its server. Thread-safe.
 *
 * <p>The successors have a method of that name too. It compares connections of other servers, whose
 * marks differ, so that it is never asked about ours.
 */
public final class ConnectionAdvice {
  private ConnectionAdvice() {}

  /** The answer for a connection of a balanced call; null leaves OkHttp's. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Boolean accept(
      @Advice.This Object connection, @Advice.Argument(0) HttpUrl url) {
    return Calls.acceptOn(connection, url);
  }
}
