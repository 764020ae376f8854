package dev.evenkeel.runtime;

import dev.evenkeel.balancer.Ticker;

/** The JVM's clocks. Thread-safe. */
final class SystemTicker implements Ticker {
  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
