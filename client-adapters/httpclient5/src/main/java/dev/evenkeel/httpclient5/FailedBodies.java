package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.WeakIdentityMap;

/**
 * The exceptions that request bodies failed with by themselves. The client closes the connection
 * for such a one, and fails all calls that shared it in HTTP/2 with the very same exception, which
 * says nothing of the server there either. Thread-safe.
 */
final class FailedBodies {
  private static final WeakIdentityMap<Throwable, Boolean> FAILURES = new WeakIdentityMap<>();

  private FailedBodies() {}

  static void note(Throwable failure) {
    // A body may throw one exception many times.
    if (!isOne(failure)) {
      FAILURES.put(failure, true);
    }
  }

  static boolean isOne(Throwable failure) {
    return FAILURES.get(failure) != null;
  }
}
