package dev.evenkeel.benchmarks.pick;

import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * How evenly an order of picks spreads each server's share. Immutable.
 *
 * @param lag the largest distance of any server, at any time, from its ideal number of picks, in
 *     picks; the best orders stay near 1
 * @param gap the longest wait of any server for its next pick, in units of its ideal distance
 *     between two picks; 1 is ideal
 */
record Smoothness(double lag, double gap) {
  /**
   * Follows an order from its start.
   *
   * <p>Between two picks of a server its distance from the ideal only falls, so the extremes are
   * just before and just after its picks, and at the end. The waits before the first pick and after
   * the last one count for as long as they were seen.
   *
   * @param next the order: each call picks the index of a server
   * @param weights by server, all above 0
   * @param picks how far to follow it
   */
  static Smoothness of(IntSupplier next, int[] weights, long picks) {
    double sum = Arrays.stream(weights).asLongStream().sum();
    long[] counts = new long[weights.length];
    long[] lastPicks = new long[weights.length];
    double lag = 0;
    double gap = 0;
    for (long pick = 1; pick <= picks; pick++) {
      int server = next.getAsInt();
      double share = weights[server] / sum;
      lag = Math.max(lag, Math.abs(counts[server] - (pick - 1) * share));
      lag = Math.max(lag, Math.abs(++counts[server] - pick * share));
      gap = Math.max(gap, (pick - lastPicks[server]) * share);
      lastPicks[server] = pick;
    }
    for (int server = 0; server < weights.length; server++) {
      double share = weights[server] / sum;
      lag = Math.max(lag, Math.abs(counts[server] - picks * share));
      gap = Math.max(gap, (picks + 1 - lastPicks[server]) * share);
    }
    return new Smoothness(lag, gap);
  }

  /** Of a fresh order, over twenty cycles, or over three where a cycle is long. */
  static Smoothness of(Picker picker, int[] weights) {
    long sum = Arrays.stream(weights).asLongStream().sum();
    long cycles = sum > 1_000_000 ? 3 : 20;
    return of(picker.over(weights), weights, cycles * sum);
  }
}
