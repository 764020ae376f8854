package dev.evenkeel.runtime.socket;

import dev.evenkeel.balancer.ControlLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A control loop whose scheduled tasks run when the test says. Thread-safe. */
public final class ManualLoop implements ControlLoop {
  public final Map<Runnable, Duration> scheduled = new ConcurrentHashMap<>();

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    scheduled.put(task, delay);
    return () -> scheduled.remove(task);
  }

  /** Lets all delays pass. */
  public void fire() {
    scheduled.keySet().forEach(Runnable::run);
  }
}
