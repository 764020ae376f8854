package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.jspecify.annotations.Nullable;

/**
 * Learns that the application gave up a request, even when nobody reads its response any more.
 * Thread-safe.
 */
final class Cancellation {
  private static final Class<?> RUNTIME;
  private static final VarHandle DEPENDENCY;

  static {
    try {
      RUNTIME =
          Class.forName(
              "org.apache.hc.client5.http.impl.classic.InternalExecRuntime",
              false,
              Cancellation.class.getClassLoader());
      DEPENDENCY =
          MethodHandles.privateLookupIn(RUNTIME, MethodHandles.lookup())
              .findVarHandle(RUNTIME, "cancellableDependency", CancellableDependency.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Cancellation() {}

  /**
   * Puts the attempt between the request's {@code cancel()} and the runtime that it cancels. A
   * request that was cancelled before is cancelled here and now.
   */
  static void watch(ExecRuntime runtime, GuardedAttempt attempt) {
    CancellableDependency request = dependency(runtime);
    if (request != null && runtime instanceof Cancellable cancellable) {
      request.setDependency(
          () -> {
            attempt.end(Outcome.CANCELLED);
            return cancellable.cancel();
          });
    }
  }

  /** The request that a runtime of the library's was made for; null if it cannot be cancelled. */
  static @Nullable CancellableDependency dependency(ExecRuntime runtime) {
    return RUNTIME.isInstance(runtime) ? (CancellableDependency) DEPENDENCY.get(runtime) : null;
  }
}
