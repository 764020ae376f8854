package dev.evenkeel.balancer.turns;

import java.util.Arrays;

/**
 * A weighted order of turns, as a pure function from tickets to servers: {@code W} consecutive
 * tickets, wherever they begin, hold each server exactly as often as its weight says, where {@code
 * W} is the sum of the weights after division by their greatest common divisor.
 *
 * <p>All state that changes is the ticket counter ({@link Tickets}), which outlives the order.
 * Tickets are unique, so the promise holds over all threads together, whoever draws them.
 *
 * <p>When weights change, a new order is built that gives the next ticket the same <em>phase</em>
 * (how much of the cycle is behind it) as the old one would have: servers whose turn is near stay
 * near their turn, however often weights change. Immutable.
 */
public sealed interface WeightedTurns permits TurnTable, GoldenWalk {
  /** The largest sum of weights, after division, for which the whole cycle is written down. */
  long MAX_TABLE_CYCLE = 1L << 20;

  /**
   * The order for some weights.
   *
   * @param weights by server, none negative, at least one above zero; a server of weight 0 has no
   *     turn
   * @param ticket the ticket whose phase is fixed
   * @param phase 0 (inclusive) to 1 (exclusive): the phase that {@code ticket} gets
   */
  static WeightedTurns of(int[] weights, long ticket, double phase) {
    int[] reduced = reduce(weights);
    return Arrays.stream(reduced).asLongStream().sum() <= MAX_TABLE_CYCLE
        ? TurnTable.of(reduced, ticket, phase)
        : GoldenWalk.of(reduced, ticket, phase);
  }

  /** The weights divided by their greatest common divisor. */
  static int[] reduce(int[] weights) {
    int divisor = 0;
    for (int weight : weights) {
      divisor = gcd(divisor, weight);
    }
    if (divisor == 0) {
      throw new IllegalArgumentException("weights: all 0 (expected: one above 0)");
    }
    int[] reduced = weights.clone();
    for (int i = 0; i < reduced.length; i++) {
      reduced[i] /= divisor;
    }
    return reduced;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The index of the server whose turn it is. */
  int serverAt(long ticket);

  /** 0 (inclusive) to 1 (exclusive). */
  double phaseAt(long ticket);

  /** {@code W}, at least 1. */
  long cycle();
}
