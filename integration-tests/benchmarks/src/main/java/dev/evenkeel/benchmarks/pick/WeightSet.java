package dev.evenkeel.benchmarks.pick;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Weights to measure smoothness with. Immutable. */
final class WeightSet {
  private static final int SEED = 42;

  private final String name;
  private final int[] weights;

  private WeightSet(String name, int... weights) {
    this.name = name;
    this.weights = weights;
  }

  /** Even, uneven, one heavy among many light, primes, and wide ranges. */
  static List<WeightSet> all() {
    return List.of(
        new WeightSet("5,1,1", 5, 1, 1),
        new WeightSet("10 x 1..10", repeating(10)),
        new WeightSet("100 x 1..10", repeating(100)),
        new WeightSet("1,000 x 1..10", repeating(1_000)),
        new WeightSet("10,000 x 1..10", repeating(10_000)),
        new WeightSet("1 x 500 + 999 x 1", oneHeavyAmongLight(500, 999)),
        new WeightSet("1,100", 1, 100),
        new WeightSet("997,991,983", 997, 991, 983),
        new WeightSet("200 random 1..1,000", random(200, 1_000)),
        new WeightSet("50 random 1..100,000", random(50, 100_000)));
  }

  /** 1 to 10, over and over. */
  static int[] repeating(int servers) {
    int[] weights = new int[servers];
    Arrays.setAll(weights, i -> 1 + i % 10);
    return weights;
  }

  private static int[] oneHeavyAmongLight(int heavy, int light) {
    int[] weights = new int[light + 1];
    Arrays.fill(weights, 1);
    weights[0] = heavy;
    return weights;
  }

  private static int[] random(int servers, int maxWeight) {
    return new SplittableRandom(SEED).ints(servers, 1, maxWeight + 1).toArray();
  }

  /** For people. */
  String name() {
    return name;
  }

  /** By server, all above 0. */
  int[] weights() {
    return weights.clone();
  }

  long sum() {
    return Arrays.stream(weights).asLongStream().sum();
  }
}
