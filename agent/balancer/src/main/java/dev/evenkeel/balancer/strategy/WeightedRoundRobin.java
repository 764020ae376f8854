package dev.evenkeel.balancer.strategy;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;

/**
 * Weighted turns: a call draws one ticket and gets the member whose turn it is. A member that is
 * not open, or that {@linkplain TurnDebt owes} a turn, gives it to the next ticket, {@value
 * #MAX_EXTRA_TICKETS} times at most. Source: Traefik strategy {@code wrr}. Thread-safe.
 */
public final class WeightedRoundRobin implements Strategy {
  private static final int MAX_EXTRA_TICKETS = 4;

  private final Tickets tickets;
  private final WeightedTurns turns;

  /** Goes on where the tickets stand. */
  public WeightedRoundRobin(Tickets tickets, WeightedTurns turns) {
    this.tickets = tickets;
    this.turns = turns;
  }

  /**
   * Where every ticket went to a member that owes its turn, one of those has the call after all.
   */
  @Override
  public <C> int pick(Members<C> members, C call) {
    int inDebt = NONE;
    for (int drawn = 0; drawn <= MAX_EXTRA_TICKETS; drawn++) {
      int member = tickets.next(turns);
      if (members.isOpen(call, member)) {
        if (drawn == MAX_EXTRA_TICKETS || !members.paysTurn(member)) {
          return member;
        }
        inDebt = member;
      }
    }
    return inDebt;
  }
}
