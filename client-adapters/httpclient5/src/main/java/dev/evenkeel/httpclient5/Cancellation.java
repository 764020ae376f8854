package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;

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
    if (RUNTIME.isInstance(runtime) && runtime instanceof Cancellable cancellable) {
      CancellableDependency request = (CancellableDependency) DEPENDENCY.get(runtime);
      if (request != null) {
        request.setDependency(
            () -> {
              attempt.end(Outcome.CANCELLED);
              return cancellable.cancel();
            });
      }
    }
  }
}
