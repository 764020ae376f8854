package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import org.apache.http.impl.nio.DefaultNHttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * Around the methods of {@code InternalIODispatch}, by which the client's reactor makes known what
 * happens on a connection. Immutable.
 */
public final class EventAdvice {
  private EventAdvice() {}

  /** What this thread is at otherwise. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object happens(
      @Advice.Argument(0) DefaultNHttpClientConnection connection) {
    return Allocations.beginEvent(connection.getContext());
  }

  /** All who are to know of it do. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void happened(@Advice.Enter @Nullable Object before) {
    Allocations.end(before);
  }
}
