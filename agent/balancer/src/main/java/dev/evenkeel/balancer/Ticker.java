package dev.evenkeel.balancer;

import java.time.Instant;

/** The clocks, so that tests need no real one. Thread-safe. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary origin; only differences mean anything. */
  long nanos();

  /** The time of day, for people only: it may jump. */
  default Instant now() {
    return Instant.now();
  }
}
