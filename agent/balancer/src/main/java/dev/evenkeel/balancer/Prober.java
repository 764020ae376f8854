package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.util.function.Consumer;

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
   */
  record Result(boolean isHealthy, String text) {}
}
