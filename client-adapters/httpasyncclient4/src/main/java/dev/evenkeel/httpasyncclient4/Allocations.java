package dev.evenkeel.httpasyncclient4;

import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt a thread is at: it hands a connection to its handler, or makes what happened on a
 * connection known to it. Another thread may find the same connection broken meanwhile and move the
 * call; what this thread says of it after that is not to be held against the server that the call
 * has moved to. Thread-safe.
 */
final class Allocations {
  private static final ThreadLocal<@Nullable Allocation> CURRENT = new ThreadLocal<>();

  private Allocations() {}

  /**
   * A thread begins to hand a connection over, to say that there is none, or to ask for one that
   * may fail at once.
   *
   * @return what to give to {@link #end}
   */
  static @Nullable Object begin(Object handler) {
    Allocation before = CURRENT.get();
    BalancedCall call = Calls.of(handler);
    Object attempt = call == null ? null : call.attempt();
    CURRENT.set(call == null || attempt == null ? null : new Allocation(call, attempt));
    return before;
  }

  /**
   * A thread begins to tell the handler of a connection, if it has one, what happened there.
   * Whoever moves a call takes its handler off the connection first; so if that is still there
   * after the attempt was read, it is the connection's.
   *
   * @return what to give to {@link #end}
   */
  static @Nullable Object beginEvent(HttpContext connection) {
    Allocation before = CURRENT.get();
    Object handler = connection.getAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER);
    BalancedCall call = handler == null ? null : Calls.of(handler);
    Object attempt = call == null ? null : call.attempt();
    if (call == null || attempt == null) {
      return before;
    }
    boolean isOfConnection =
        connection.getAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER) == handler;
    CURRENT.set(new Allocation(call, isOfConnection ? attempt : before));
    return before;
  }

  /** The thread goes on with what it was at: it may have handed over this one within another. */
  static void end(@Nullable Object before) {
    if (before instanceof Allocation outer) {
      CURRENT.set(outer);
    } else if (CURRENT.get() != null) {
      CURRENT.remove();
    }
  }

  /** The call goes on, on the connection that this thread is at, with another attempt. */
  static void repeated(BalancedCall call) {
    Allocation current = CURRENT.get();
    if (current != null && current.call == call) {
      CURRENT.set(new Allocation(call, call.attempt()));
    }
  }

  /** True if this thread is at a connection of an attempt that the call has left. */
  static boolean isOfAttemptBefore(BalancedCall call) {
    Allocation current = CURRENT.get();
    return current != null && current.call == call && current.attempt != call.attempt();
  }

  /**
   * @param attempt not the call's where nobody knows whose it is any more
   */
  private record Allocation(BalancedCall call, @Nullable Object attempt) {}
}
