package dev.evenkeel.balancer;

/** A monotonic clock, so that tests need no real one. Thread-safe. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary origin; only differences mean anything. */
  long nanos();
}
