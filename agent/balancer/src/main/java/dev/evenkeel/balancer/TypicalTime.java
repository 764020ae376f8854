package dev.evenkeel.balancer;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The median of the average times of a service's servers, worked out now and then: where a server
 * of which nothing is known begins, and what a failure costs. Thread-safe; changed by the control
 * thread.
 */
final class TypicalTime {
  private static final long PENALTY_FACTOR = 10;
  private static final long MAX_PENALTY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PENALTY_WHILE_UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile long nanos;

  /** Control thread. */
  void measure(List<ServerState> servers) {
    double[] known =
        servers.stream()
            .mapToDouble(server -> server.times().averageNanos())
            .filter(average -> average > 0)
            .sorted()
            .toArray();
    nanos = known.length == 0 ? 0 : (long) known[(known.length - 1) / 2];
  }

  /** 0 if it is not known. */
  long nanos() {
    return nanos;
  }

  /**
   * What a failed call counts as at least, however fast it failed. A multiple of what is usual
   * there: enough to be left out for half a minute, and not so much that a server which failed once
   * among many calls is left out under any load.
   */
  long penaltyNanos() {
    long typical = nanos;
    return typical == 0
        ? PENALTY_WHILE_UNKNOWN_NANOS
        : Math.min(MAX_PENALTY_NANOS, PENALTY_FACTOR * typical);
  }
}
