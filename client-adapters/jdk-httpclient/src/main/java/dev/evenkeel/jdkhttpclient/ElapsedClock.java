package dev.evenkeel.jdkhttpclient;

/** Tells how long a call is under way. Stateless. Thread-safe. */
final class ElapsedClock {
  private ElapsedClock() {}

  /** Nanoseconds since some fixed moment; only differences mean something. */
  static long nanos() {
    return System.nanoTime();
  }
}
