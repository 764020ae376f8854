package dev.evenkeel.benchmarks.pick;

import java.util.Objects;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH measured of one benchmark. Immutable.
 *
 * @param benchmark the benchmark method's name
 * @param servers the benchmark's parameter, 1 or more
 * @param threads 1 or more
 * @param nanos nanoseconds for one operation, at least 0; in the best iteration, because whatever
 *     else the machine does only adds to it
 * @param bytes allocated by one operation, at least 0; not whole, because JMH divides what all
 *     threads of the JVM allocated by the number of operations
 */
record Timing(String benchmark, int servers, int threads, double nanos, double bytes) {
  static Timing of(RunResult result) {
    String name = result.getParams().getBenchmark();
    String servers = result.getParams().getParam("servers");
    return new Timing(
        name.substring(name.lastIndexOf('.') + 1),
        Integer.parseInt(servers),
        result.getParams().getThreads(),
        result.getPrimaryResult().getStatistics().getMin(),
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore());
  }
}
