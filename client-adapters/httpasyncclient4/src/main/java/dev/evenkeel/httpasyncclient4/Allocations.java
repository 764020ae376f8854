package dev.evenkeel.httpasyncclient4;

import org.jspecify.annotations.Nullable;

/**
 * Which attempt a connection is for that a thread is handing to its handler. Another thread, the
 * connection's own, may find it broken meanwhile and move the call; what this thread says of it
 * after that is not to be held against the server that the call has moved to. Thread-safe.
 */
final class Allocations {
  private static final ThreadLocal<@Nullable Allocation> CURRENT = new ThreadLocal<>();

  private Allocations() {}

  /**
   * A thread begins to hand a connection over, or to ask for one that may fail at once.
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

  /** The thread goes on with what it was at: it may have handed over this one within another. */
  static void end(@Nullable Object before) {
    if (before instanceof Allocation outer) {
      CURRENT.set(outer);
    } else {
      CURRENT.remove();
    }
  }

  /** True if this thread hands over a connection of an attempt that the call has left. */
  static boolean isOfAttemptBefore(BalancedCall call) {
    Allocation current = CURRENT.get();
    return current != null && current.call == call && current.attempt != call.attempt();
  }

  private record Allocation(BalancedCall call, Object attempt) {}
}
