package dev.evenkeel.balancer;

import java.time.Duration;

/** The one thread that changes anything: runs tasks one after the other. Thread-safe. */
public interface ControlLoop {
  /**
   * Runs a task after those already waiting. A task that throws is a counted fault and ends nothing
   * else.
   */
  void execute(Runnable task);

  /** Runs a task once, not before a delay has passed. */
  Cancellable schedule(Duration delay, Runnable task);

  /** Something that may be given up. Thread-safe. */
  interface Cancellable {
    /** Gives it up; without effect if it is done or given up already. */
    void cancel();
  }
}
