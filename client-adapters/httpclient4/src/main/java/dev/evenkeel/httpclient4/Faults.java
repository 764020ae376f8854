package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.Evenkeel;

/** Where faults of our own go instead of into the application. Thread-safe. */
final class Faults {
  private Faults() {}

  /** Counts a fault. Never throws. */
  static void report(Throwable fault) {
    Evenkeel.fault(HttpClient4Adapter.NAME, fault);
  }
}
