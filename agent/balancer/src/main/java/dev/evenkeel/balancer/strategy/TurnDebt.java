package dev.evenkeel.balancer.strategy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The turns that one member owes, because calls of sticky sessions went there without one. When its
 * turn comes it pays one off and the next ticket is drawn, so that its calls with and without a
 * session together follow its weight. Thread-safe.
 */
public final class TurnDebt {
  private final AtomicInteger turns = new AtomicInteger();

  /**
   * A call of a session goes to the member.
   *
   * @param limit the member's weight: what is owed beyond is forgotten, so that a burst of sessions
   *     keeps other calls away for a while only
   */
  public void charge(int limit) {
    int owed = turns.get();
    while (owed < limit && !turns.compareAndSet(owed, owed + 1)) {
      owed = turns.get();
    }
  }

  /** Pays one turn off; false if none is owed. */
  public boolean payOff() {
    int owed = turns.get();
    while (owed > 0 && !turns.compareAndSet(owed, owed - 1)) {
      owed = turns.get();
    }
    return owed > 0;
  }
}
