package dev.evenkeel.httpasyncclient4;

import org.jspecify.annotations.Nullable;

/**
 * Tells what the client's connection threw from what the application's code did, where one calls
 * the other: by the stack, which only a failure pays for. Stateless. Thread-safe.
 */
final class Throwers {
  private static final int MAX_CAUSES = 8;

  private Throwers() {}

  /** True if {@code thrown}, or what led to it, came out of a method of {@code codec}'s class. */
  static boolean isBy(Object codec, Throwable thrown) {
    String type = codec.getClass().getName();
    @Nullable Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (frame.getClassName().equals(type)) {
          return true;
        }
      }
      cause = cause.getCause();
    }
    return false;
  }
}
