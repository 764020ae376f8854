package dev.evenkeel.balancer.mirror;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one copy has taken of the budget. It is given back whole and once, also while another thread
 * is about to take more. Thread-safe.
 */
final class Reservation {
  private static final long CLOSED = -1;

  private final MirrorBudget budget;
  private final AtomicLong bytes = new AtomicLong();

  private Reservation(MirrorBudget budget) {
    this.budget = budget;
  }

  /** Null if there are too many copies already. */
  static @Nullable Reservation of(MirrorBudget budget) {
    return budget.takeCopy() ? new Reservation(budget) : null;
  }

  /** False if there is no room, or if it was given back already. */
  boolean take(long count) {
    if (!budget.takeBytes(count)) {
      return false;
    }
    long before = bytes.get();
    while (before != CLOSED && !bytes.compareAndSet(before, before + count)) {
      before = bytes.get();
    }
    if (before == CLOSED) {
      budget.returnBytes(count);
    }
    return before != CLOSED;
  }

  /** 0 once it was given back. */
  long bytes() {
    return Math.max(0, bytes.get());
  }

  void giveBack() {
    long taken = bytes.getAndSet(CLOSED);
    if (taken != CLOSED) {
      budget.returnBytes(taken);
      budget.returnCopy();
    }
  }
}
