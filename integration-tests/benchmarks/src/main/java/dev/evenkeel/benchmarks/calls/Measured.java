package dev.evenkeel.benchmarks.calls;

import java.util.Locale;

/**
 * What one JVM measured of its calls. Immutable.
 *
 * @param callsPerSecond of all threads together
 * @param p50Micros median time of a call, in microseconds
 * @param p99Micros 99th percentile of the time of a call, in microseconds
 * @param cpuMillis processor time of the client's JVM for 1,000 calls, in milliseconds
 * @param proxyCpuMillis processor time of the proxy for 1,000 calls, in milliseconds; 0 without one
 * @param bytes what all threads of the client's JVM allocated for a call
 * @param first calls that the first server answered
 * @param second calls that the second server answered
 * @param third calls that the third server answered
 */
record Measured(
    double callsPerSecond,
    double p50Micros,
    double p99Micros,
    double cpuMillis,
    double proxyCpuMillis,
    double bytes,
    long first,
    long second,
    long third) {
  private static final int FIELDS = 9;

  /** The opposite of {@link #toString}. */
  static Measured parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("measured: " + line + " (expected: 9 numbers)");
    }
    return new Measured(
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Long.parseLong(fields[6]),
        Long.parseLong(fields[7]),
        Long.parseLong(fields[8]));
  }

  long calls() {
    return first + second + third;
  }

  /** Numbers with a space between, in the order of the components. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f %.3f %.3f %.4f %.4f %.1f %d %d %d",
        callsPerSecond,
        p50Micros,
        p99Micros,
        cpuMillis,
        proxyCpuMillis,
        bytes,
        first,
        second,
        third);
  }
}
