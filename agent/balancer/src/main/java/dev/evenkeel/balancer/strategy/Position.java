package dev.evenkeel.balancer.strategy;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of one service in its weighted turns, which outlives every order of turns. Confined to
 * the control thread, except for the tickets.
 */
public final class Position {
  private final Tickets tickets;
  private @Nullable WeightedTurns turns;
  private int[] weights = {};

  /**
   * A place to begin at.
   *
   * @param firstTicket random, not negative
   */
  public Position(long firstTicket) {
    tickets = new Tickets(firstTicket);
  }

  /** The counter that all orders of this service draw from. */
  public Tickets tickets() {
    return tickets;
  }

  /**
   * The order for some weights: equal weights keep it, others begin where the last order stands.
   *
   * @return null if all weights are 0
   */
  public @Nullable WeightedTurns turnsFor(int[] wanted) {
    if (Arrays.stream(wanted).allMatch(weight -> weight == 0)) {
      return null;
    }
    WeightedTurns last = turns;
    if (last == null || !Arrays.equals(weights, wanted)) {
      long next = tickets.peek();
      double phase = last == null ? 0 : last.phaseAt(next);
      turns = WeightedTurns.of(wanted, last == null ? 0 : next, phase);
      weights = wanted;
    }
    return turns;
  }
}
