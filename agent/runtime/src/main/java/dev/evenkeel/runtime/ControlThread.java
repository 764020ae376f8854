package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ControlLoop;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The control loop on its one daemon thread, which starts with the first task. Its context class
 * loader is the agent's: an application's would be kept alive by it, and none at all upsets some
 * log managers. Thread-safe.
 */
final class ControlThread implements ControlLoop {
  private final ScheduledThreadPoolExecutor executor;
  private final Consumer<Throwable> faults;
  private volatile @Nullable Thread thread;

  /**
   * @param faults takes what a task throws
   */
  ControlThread(Consumer<Throwable> faults) {
    this.faults = faults;
    this.executor = new ScheduledThreadPoolExecutor(1, this::newThread);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    try {
      Future<?> scheduled =
          executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException afterClose) {
      return () -> {};
    }
  }

  /**
   * Runs a task on the control thread and waits for it; at once if this is the control thread.
   *
   * @throws RuntimeException what the task threw
   */
  <T> T call(Callable<T> task) {
    try {
      return Thread.currentThread() == thread ? task.call() : executor.submit(task).get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while waiting for the control thread", interrupted);
    } catch (RuntimeException unchanged) {
      throw unchanged;
    } catch (Exception checked) {
      throw new IllegalStateException(checked);
    }
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Ends the thread; tasks that wait are dropped. */
  void close() {
    executor.shutdown();
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      faults.accept(fault);
    }
  }

  private Thread newThread(Runnable work) {
    Thread made = new Thread(null, work, "evenkeel-control", 0, false);
    made.setDaemon(true);
    made.setContextClassLoader(ControlThread.class.getClassLoader());
    thread = made;
    return made;
  }
}
