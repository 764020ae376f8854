package dev.evenkeel.benchmarks.pick;

import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * All that JMH measured in one run of the report. Immutable.
 *
 * @param all in any order
 */
record Timings(List<Timing> all) {
  Timings {
    all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @throws NoSuchElementException if it was not measured
   */
  Timing get(String benchmark, int servers, int threads) {
    return of(benchmark)
        .filter(timing -> timing.servers() == servers && timing.threads() == threads)
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    String.format(
                        Locale.ROOT,
                        "not measured: %s with %d servers and %d threads",
                        benchmark,
                        servers,
                        threads)));
  }

  Stream<Timing> of(String benchmark) {
    return all.stream().filter(timing -> timing.benchmark().equals(benchmark));
  }

  /** The numbers of servers that a benchmark was measured with, ascending. */
  int[] servers(String benchmark) {
    return of(benchmark).mapToInt(Timing::servers).distinct().sorted().toArray();
  }
}
