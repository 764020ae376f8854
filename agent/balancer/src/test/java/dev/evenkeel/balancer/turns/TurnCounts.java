package dev.evenkeel.balancer.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;

/** What tests count about an order of turns, by naive means. */
final class TurnCounts {
  private TurnCounts() {}

  static int[] of(LongToIntFunction serverAt, int servers, long firstTicket, long tickets) {
    int[] counts = new int[servers];
    for (long i = 0; i < tickets; i++) {
      counts[serverAt.applyAsInt(firstTicket + i)]++;
    }
    return counts;
  }

  /** Slides a window of one cycle over several cycles: each must hold exactly the weights. */
  static void assertEveryWindowIsExact(WeightedTurns turns, int[] weights, long firstTicket) {
    int[] reduced = WeightedTurns.reduce(weights);
    long cycle = turns.cycle();
    int[] counts = of(turns::serverAt, weights.length, firstTicket, cycle);
    assertThat(counts).isEqualTo(reduced);

    int wrong = 0;
    for (long i = 0; i < 2 * cycle; i++) {
      int left = turns.serverAt(firstTicket + i);
      int entered = turns.serverAt(firstTicket + i + cycle);
      wrong -= counts[left] == reduced[left] ? 0 : 1;
      counts[left]--;
      wrong += counts[left] == reduced[left] ? 0 : 1;
      wrong -= counts[entered] == reduced[entered] ? 0 : 1;
      counts[entered]++;
      wrong += counts[entered] == reduced[entered] ? 0 : 1;
      assertThat(wrong).isZero();
    }
  }

  /** The largest distance of any server from its ideal share, in turns, over some cycles. */
  static double largestLag(WeightedTurns turns, int[] weights, int cycles) {
    double total = Arrays.stream(weights).asLongStream().sum();
    long[] counts = new long[weights.length];
    double largest = 0;
    for (long t = 0; t < cycles * turns.cycle(); t++) {
      int server = turns.serverAt(t);
      double before = Math.abs(counts[server] - t * (weights[server] / total));
      counts[server]++;
      double after = Math.abs(counts[server] - (t + 1) * (weights[server] / total));
      largest = Math.max(largest, Math.max(before, after));
    }
    return largest;
  }

  static int[] repeating(int servers, int maxWeight) {
    int[] weights = new int[servers];
    Arrays.setAll(weights, i -> 1 + i % maxWeight);
    return weights;
  }

  static int[] random(int servers, int maxWeight) {
    SplittableRandom random = new SplittableRandom(42);
    return random.ints(servers, 1, maxWeight + 1).toArray();
  }

  static int[] oneHeavyAmongLight(int heavy, int light) {
    int[] weights = new int[light + 1];
    Arrays.fill(weights, 1);
    weights[0] = heavy;
    return weights;
  }
}
