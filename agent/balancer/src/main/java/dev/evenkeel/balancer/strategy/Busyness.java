package dev.evenkeel.balancer.strategy;

import java.util.Arrays;

/**
 * How busy members are: one and the calls in flight by weight. The mean weight counts as one, so
 * that weights of 1:2 and of 100:200 are the same thing. Immutable.
 */
final class Busyness {
  private final double[] perCall;

  /** For some weights; a weight of 0 has no busyness. */
  Busyness(int[] weights) {
    double mean = Arrays.stream(weights).filter(weight -> weight > 0).average().orElse(1);
    perCall = Arrays.stream(weights).mapToDouble(w -> w == 0 ? 0 : mean / w).toArray();
  }

  double of(int member, int inFlight) {
    return 1 + inFlight * perCall[member];
  }
}
