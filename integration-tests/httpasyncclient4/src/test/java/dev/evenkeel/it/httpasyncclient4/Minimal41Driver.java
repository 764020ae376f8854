package dev.evenkeel.it.httpasyncclient4;

/**
 * The minimal client of 4.1, whose calls go on when their futures are cancelled: they are given up
 * by their requests. Stateless. Thread-safe.
 */
final class Minimal41Driver extends MinimalDriver {
  @Override
  boolean isCancelledByItsFuture() {
    return false;
  }
}
