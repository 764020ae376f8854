package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Evenkeel;

/** Where faults of our own go instead of into the application. Thread-safe. */
final class Faults {
  private Faults() {}

  /** Counts a fault. Never throws. */
  static void report(Throwable fault) {
    Evenkeel.fault(HttpAsyncClient4Adapter.NAME, fault);
  }
}
