package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.reactor.IOReactor;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.jspecify.annotations.Nullable;

/**
 * The reactor that a client's runtime connects with, which tells whether the client was closed. The
 * library has no way to ask; its fields lead there, by other ways in each version. Thread-safe:
 * stateless.
 */
final class Reactors {
  /** From either client's runtime by its pool, if it has one, to what connects for it. */
  private static final String[] WAY = {"connectionInitiator", "sessionPool", "connPool"};

  private static final int MAX_STEPS = 5;

  private Reactors() {}

  /**
   * True if the client was closed, or told to, so that what fails is not the server's failure.
   * Asked after a failure only. False where a version has other fields.
   */
  static boolean isClosed(AsyncExecRuntime runtime) {
    try {
      return runtime instanceof MinimalAsyncRuntime minimal
          ? minimal.isClosed()
          : isShutDown(reactorOf(runtime));
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /** The same, by what pools a client's sessions. */
  static boolean isPoolClosed(Object pool) throws IllegalAccessException {
    return isShutDown(reactorOf(pool));
  }

  private static boolean isShutDown(@Nullable IOReactor reactor) {
    return reactor != null && reactor.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) >= 0;
  }

  private static @Nullable IOReactor reactorOf(Object runtime) throws IllegalAccessException {
    Object at = runtime;
    for (int i = 0; i < MAX_STEPS && at != null; i++) {
      if (at instanceof IOReactor reactor) {
        return reactor;
      }
      at = LibraryFields.first(at, WAY);
    }
    return null;
  }
}
