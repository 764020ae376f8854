package dev.evenkeel.balancer.turns;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The ticket counter of one service: every pick draws one ticket, and no two picks draw the same.
 *
 * <p>Drawing is one fetch-and-add. An order of turns reads a ticket modulo its cycle, and a counter
 * that overflowed would jump within the cycle there, as 2⁶⁴ is rarely a multiple of it. So the one
 * thread that draws the ticket 2⁶² takes a multiple of the cycle off the counter: whatever the
 * others draw meanwhile, remainders go on as if nothing had happened. Orders with another cycle, in
 * force before or after, see one jump in 2⁶² tickets.
 *
 * <p>The counter stands in the middle of an array of two cache lines, because every core writes to
 * it and a neighbour on the same line would be slowed down with it. Thread-safe.
 */
public final class Tickets {
  static final long LIMIT = 1L << 62;

  private static final int MIDDLE = 8;

  /** 2⁶⁴ divided by the golden ratio. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final AtomicLongArray counter = new AtomicLongArray(2 * MIDDLE);

  /**
   * A counter.
   *
   * @param first the first ticket; random, so that processes that start together do not begin with
   *     the same server
   */
  public Tickets(long first) {
    counter.set(MIDDLE, first);
  }

  /** Draws the next ticket and says which server has its turn. */
  public int next(WeightedTurns turns) {
    long ticket = counter.getAndIncrement(MIDDLE);
    if (ticket == LIMIT) {
      counter.addAndGet(MIDDLE, -(LIMIT - LIMIT % turns.cycle()));
    }
    return turns.serverAt(ticket);
  }

  /** The ticket that is drawn next, unless another thread is faster. */
  public long peek() {
    return counter.get(MIDDLE);
  }

  /**
   * A place that moves with the counter and is spread evenly over a range: multiples of the golden
   * ratio, less their whole part. Draws no ticket.
   *
   * @param range 0..2⁶¹
   * @return 0 to {@code range - 1}; 0 if the range is 0
   */
  public long spread(long range) {
    return Math.multiplyHigh((peek() * GOLDEN) >>> 1, 2 * range);
  }
}
