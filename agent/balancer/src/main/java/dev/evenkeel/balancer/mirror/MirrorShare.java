package dev.evenkeel.balancer.mirror;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls that one mirror has a claim on: percent of all, evenly spread, the first one included.
 *
 * <p>Traefik counts calls and copies, and mirrors a call while {@code copies * 100 < calls *
 * percent}. The difference of both sides is all that the rule needs, so it is all that is kept: a
 * call adds the percentage, a copy takes 100 away, and a call is due while that leaves something.
 * Nothing can overflow, and a call that was not mirrored in the end is taken back exactly, whatever
 * was drawn since. Thread-safe.
 */
public final class MirrorShare {
  private static final int COPY = 100;

  private final AtomicInteger claim = new AtomicInteger();

  /**
   * Counts a call.
   *
   * @param percent 0..100
   * @return true if it is due for a copy
   */
  public boolean draw(int percent) {
    while (true) {
      int before = claim.get();
      int after = before + percent;
      boolean isDue = after > 0;
      if (claim.compareAndSet(before, isDue ? after - COPY : after)) {
        return isDue;
      }
    }
  }

  /** Takes a draw back: the call was none that could be mirrored. */
  public void takeBack(int percent, boolean wasDue) {
    claim.addAndGet(wasDue ? COPY - percent : -percent);
  }
}
