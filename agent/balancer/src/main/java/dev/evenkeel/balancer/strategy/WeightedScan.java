package dev.evenkeel.balancer.strategy;

import dev.evenkeel.balancer.turns.Tickets;

/**
 * Looks through all members, where a strategy met only such as are not open: the way out when most
 * of them went down a moment ago.
 *
 * <p>It takes one of those that are open in proportion to their weights: were it always the next
 * one, a dead member with most of the turns would hand them all to its neighbour. Immutable.
 */
public final class WeightedScan {
  private WeightedScan() {}

  /**
   * The index of an open member of the first round that has one, else {@link Strategy#NONE}.
   *
   * @param rounds how many there are
   */
  public static <C> int pick(Members<C> members, C call, int rounds, Tickets tickets) {
    for (int round = 0; round < rounds; round++) {
      int member = pickOf(members, call, round, tickets);
      if (member != Strategy.NONE) {
        return member;
      }
    }
    return Strategy.NONE;
  }

  private static <C> int pickOf(Members<C> members, C call, int round, Tickets tickets) {
    long total = 0;
    for (int i = 0; i < members.size(); i++) {
      total += members.openWeight(call, i, round);
    }
    long place = tickets.spread(total);
    int last = Strategy.NONE;
    for (int i = 0; i < members.size() && place >= 0; i++) {
      int weight = members.openWeight(call, i, round);
      last = weight > 0 ? i : last;
      place -= weight;
    }
    return last;
  }
}
