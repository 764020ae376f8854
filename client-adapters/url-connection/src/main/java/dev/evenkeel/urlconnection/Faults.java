package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Evenkeel;

/** Where the adapter's own faults go, so that none reaches the application. Thread-safe. */
final class Faults {
  /** The name users know this adapter by. */
  static final String ADAPTER = "url-connection";

  private Faults() {}

  /** Counts a fault. Never throws. */
  static void report(Throwable fault) {
    Evenkeel.fault(ADAPTER, fault);
  }
}
