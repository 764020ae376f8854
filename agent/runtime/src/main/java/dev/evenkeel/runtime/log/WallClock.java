package dev.evenkeel.runtime.log;

/** The time of day of log lines, so that tests need no real one. Thread-safe. */
interface WallClock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  long millis();

  /** The system's clock; the only place that reads it. A class, as a lambda loads many. */
  final class SystemClock implements WallClock {
    @Override
    public long millis() {
      return System.currentTimeMillis();
    }
  }
}
