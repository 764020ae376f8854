package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The failures of one server since its last success, with the times of the last {@code
 * maxFailedAttempts} of them in a ring. The limit is reached when the oldest of a full ring is
 * still within the window. Source: Traefik {@code passiveHealthCheck}.
 *
 * <p>A failure takes a place by one {@code getAndIncrement} and writes its time there; a success
 * sets the count back to 0 and writes nothing while it is 0 already, so calls that go well share
 * the line. A thread that has its place but not yet written its time leaves an older time there:
 * the limit is then reached one failure later, never sooner. Thread-safe.
 */
final class FailureRun {
  private final PassiveHealthCheckSpec spec;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLongArray times;
  private final long windowNanos;

  FailureRun(PassiveHealthCheckSpec spec) {
    this.spec = spec;
    times = new AtomicLongArray(spec.maxFailedAttempts());
    windowNanos = spec.failureWindow().toNanos();
  }

  PassiveHealthCheckSpec spec() {
    return spec;
  }

  /** Counts a failure; true if the limit is reached. */
  boolean failed(long nowNanos) {
    long before = count.getAndIncrement();
    int limit = times.length();
    times.set((int) (before % limit), nowNanos);
    return before + 1 >= limit && nowNanos - times.get((int) ((before + 1) % limit)) < windowNanos;
  }

  /** Ends the run. */
  void succeeded() {
    if (count.get() != 0) {
      count.set(0);
    }
  }
}
