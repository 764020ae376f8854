package dev.evenkeel.benchmarks;

import java.util.Arrays;

/** The median, which one bad round on a busy machine does not move. Immutable. */
public final class Median {
  private Median() {}

  /** The middle value, or the mean of the two in the middle. */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values: none (expected: at least one)");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
