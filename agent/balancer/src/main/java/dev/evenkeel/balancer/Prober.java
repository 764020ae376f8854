package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one health probe. Never balanced by ourselves, and without any library of the application.
 */
@FunctionalInterface
public interface Prober {
  /**
   * Starts a probe and returns at once.
   *
   * @param done called exactly once, on any thread, unless the probe is cancelled first
   * @return gives the probe up and closes its connection
   */
  ControlLoop.Cancellable probe(ServerSpec server, HealthCheckSpec check, Consumer<Result> done);

  /**
   * What a probe found. Immutable.
   *
   * @param isHealthy the verdict
   * @param text for people, as {@code probe answered 503} or {@code probe failed: Connection
   *     refused}
   * @param answer null if there was no HTTP answer
   */
  record Result(boolean isHealthy, String text, @Nullable Answer answer) {
    /** A probe without an HTTP answer: there was none, or it spoke something else. */
    public Result(boolean isHealthy, String text) {
      this(isHealthy, text, null);
    }
  }

  /**
   * What a server answered to a probe. Immutable.
   *
   * @param status 101 or 200..999
   * @param retryAfter the header of that name; null without one
   * @param ownWord the header of {@link HealthCheckSpec#weightHeader}; null without one
   */
  record Answer(int status, @Nullable String retryAfter, @Nullable String ownWord) {}
}
