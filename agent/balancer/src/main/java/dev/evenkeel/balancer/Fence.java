package dev.evenkeel.balancer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What keeps new sessions from one server: a fence, behind which its old sessions stay, or a drain,
 * which is a fence with a deadline after which they move. Confined to the control thread.
 */
final class Fence {
  private boolean isUp;
  private @Nullable Deadline deadline;
  private long sinceNanos;

  /** The end of a drain: sessions of the server move at their first call after it. Immutable. */
  record Deadline(long nanos) {
    boolean isOver(long nowNanos) {
      return remainingNanos(nowNanos) <= 0;
    }

    /** 0 or less once it is over. */
    long remainingNanos(long nowNanos) {
      return nanos - nowNanos;
    }

    /** The earlier of two, either of which may be missing. */
    static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return one.nanos - other.nanos <= 0 ? one : other;
    }
  }

  /** Puts it up; a drain loses its deadline. */
  void raise() {
    isUp = true;
    deadline = null;
  }

  /**
   * Puts it up with a deadline, counted from now.
   *
   * @param time 0 or more, a few years at most
   */
  void drain(Duration time, long nowNanos) {
    isUp = true;
    sinceNanos = nowNanos;
    deadline = new Deadline(nowNanos + time.toNanos());
  }

  /** As {@link #drain}, but a deadline that comes sooner stays. */
  void drainBy(Duration time, long nowNanos) {
    Deadline before = deadline;
    drain(time, nowNanos);
    deadline = Deadline.earlier(before, deadline);
  }

  /** Gives a drain that goes on another time, counted from when it began. */
  void changeTime(Duration time) {
    deadline = new Deadline(sinceNanos + time.toNanos());
  }

  void takeDown() {
    isUp = false;
    deadline = null;
  }

  boolean isUp() {
    return isUp;
  }

  /** Null without one; it may be over. */
  @Nullable Deadline deadline() {
    return deadline;
  }
}
