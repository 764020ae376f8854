package dev.evenkeel.balancer.strategy;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;

/**
 * Weighted draws: the member whose turn it is at some random ticket, so that an order of turns
 * serves as the table to draw from. A draw takes no ticket; its chance comes from the counter, well
 * mixed, so that nothing is shared that the pick has not touched anyway. Thread-safe.
 */
final class Draws {
  /** 2⁶⁴ divided by the golden ratio. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final int MAX_TRIES = 4;

  private final Tickets tickets;
  private final WeightedTurns turns;

  Draws(Tickets tickets, WeightedTurns turns) {
    this.tickets = tickets;
    this.turns = turns;
  }

  /** Where the draws of one pick begin. */
  long chance() {
    return mix(tickets.peek());
  }

  /** The chance of the next draw of the same pick. */
  static long next(long chance) {
    return mix(chance + GOLDEN);
  }

  /** An open member other than one; {@link Strategy#NONE} if a few tries meet none. */
  <C> int other(Members<C> members, C call, int than, long chance) {
    long tried = chance;
    for (int i = 0; i < MAX_TRIES; i++) {
      int member = turns.serverAt(tried >>> 2);
      if (member != than && members.isOpen(call, member)) {
        return member;
      }
      tried = next(tried);
    }
    return Strategy.NONE;
  }

  /** A permutation of all numbers in which each bit depends on each: the finish of SplitMix64. */
  static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
