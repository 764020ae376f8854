package dev.evenkeel.httpclient5;

import org.jspecify.annotations.Nullable;

/**
 * What a thread does while a pool of sessions may hold one of its locks. The pool tells calls under
 * the lock of one server that they have no connection, and a call that moved on there would wait
 * for the lock of another: two threads that do so for two servers that fail at the same time would
 * wait for each other, and for ever. So calls move on when the pool is left. Confined to one
 * thread.
 */
final class PoolTurn {
  private static final ThreadLocal<@Nullable PoolTurn> CURRENT = new ThreadLocal<>();

  private int depth;
  private boolean isMovingOn;
  private @Nullable Waiting first;
  private @Nullable Waiting last;

  private PoolTurn() {}

  /** A call that moves on when the pool is left. */
  private static final class Waiting {
    private final AsyncCall call;
    private final Exception cause;
    private @Nullable Waiting next;

    Waiting(AsyncCall call, Exception cause) {
      this.call = call;
      this.cause = cause;
    }
  }

  /** This thread is about to be in a pool; {@link #leave} has to follow. */
  static void enter() {
    PoolTurn turn = CURRENT.get();
    if (turn == null) {
      turn = new PoolTurn();
      CURRENT.set(turn);
    }
    turn.depth++;
  }

  /** True if the call moves on later, because this thread is in a pool. */
  static boolean defers(AsyncCall call, Exception cause) {
    PoolTurn turn = CURRENT.get();
    if (turn == null || turn.depth == 0) {
      return false;
    }
    turn.add(new Waiting(call, cause));
    return true;
  }

  private void add(Waiting added) {
    if (last == null) {
      first = added;
    } else {
      last.next = added;
    }
    last = added;
  }

  /**
   * This thread is through with what it entered, and calls move on if that was the last.
   *
   * @return what the first of the applications' callbacks threw that did; null if none did
   */
  static @Nullable Throwable leave() {
    PoolTurn turn = CURRENT.get();
    if (turn == null || --turn.depth > 0 || turn.isMovingOn) {
      return null;
    }
    try {
      return turn.moveOn();
    } finally {
      CURRENT.remove();
    }
  }

  private @Nullable Throwable moveOn() {
    isMovingOn = true;
    Throwable thrown = null;
    for (Waiting waiting = first; waiting != null; waiting = first) {
      first = waiting.next;
      if (first == null) {
        last = null;
      }
      try {
        waiting.call.moveOnNow(waiting.cause);
      } catch (Throwable ofTheApplication) {
        thrown = thrown == null ? ofTheApplication : thrown;
      }
    }
    return thrown;
  }
}
