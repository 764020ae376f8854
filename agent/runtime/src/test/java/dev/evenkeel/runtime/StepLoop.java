package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ControlLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A control loop whose scheduled tasks run one by one, when the test says. Confined to the test's
 * thread.
 */
final class StepLoop implements ControlLoop {
  private final Queue<Runnable> scheduled = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    scheduled.add(task);
    return () -> scheduled.remove(task);
  }

  /** True if nothing is scheduled. */
  boolean isIdle() {
    return scheduled.isEmpty();
  }

  /** Runs the task that was scheduled first. */
  void step() {
    scheduled.remove().run();
  }
}
