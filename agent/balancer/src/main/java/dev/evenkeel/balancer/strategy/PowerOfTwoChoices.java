package dev.evenkeel.balancer.strategy;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;

/**
 * The less busy of two: the member whose turn it is, and another drawn by weight. Source: Traefik
 * strategy {@code p2c}, which draws both without regard to weights.
 *
 * <p>A member's score is one and its calls in flight by its weight, the mean weight counting as
 * one. The second member has to be better by a tenth: while there is little to choose, the turns
 * are kept, and with nothing in flight they are exact. Were the score {@code (1 + inFlight) /
 * weight}, the heavier member would win every time instead. Thread-safe.
 */
public final class PowerOfTwoChoices implements Strategy {
  private static final double BETTER = 0.9;

  private final WeightedRoundRobin turns;
  private final Draws draws;
  private final Loads loads;
  private final Busyness busyness;

  /**
   * Goes on where the tickets stand.
   *
   * @param weights that the turns are made of
   */
  public PowerOfTwoChoices(Tickets tickets, WeightedTurns turns, int[] weights, Loads loads) {
    this.turns = new WeightedRoundRobin(tickets, turns);
    draws = new Draws(tickets, turns);
    this.loads = loads;
    busyness = new Busyness(weights);
  }

  @Override
  public <C> int pick(Members<C> members, C call) {
    int first = turns.pick(members, call);
    if (first == NONE) {
      return NONE;
    }
    int second = draws.other(members, call, first, draws.chance());
    return second != NONE && score(second) < BETTER * score(first) ? second : first;
  }

  private double score(int member) {
    return busyness.of(member, loads.inFlight(member));
  }
}
