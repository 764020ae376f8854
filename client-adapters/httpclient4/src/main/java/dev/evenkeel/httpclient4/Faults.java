package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.Evenkeel;

/** Where faults of our own go instead of into the application. Thread-safe. */
final class Faults {
  private Faults() {}

  static void report(Throwable fault) {
    Evenkeel.balancer().fault(HttpClient4Adapter.NAME, fault);
  }
}
