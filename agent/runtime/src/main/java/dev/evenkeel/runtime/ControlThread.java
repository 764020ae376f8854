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
 * The control loop on its one daemon thread, which starts with the first task. The thread is made
 * with the loop, inside premain, so that it inherits nothing of the application: up to JDK 23 a
 * thread keeps the class loaders of all code that was on the stack when it was made, and it always
 * keeps its maker's group and priority. Thread-safe.
 */
final class ControlThread implements ControlLoop {
  private final ScheduledThreadPoolExecutor executor;
  private final Consumer<Throwable> faults;
  private final LoopThread thread = new LoopThread(systemGroup());

  /**
   * @param faults takes what a task throws
   */
  ControlThread(Consumer<Throwable> faults) {
    this.faults = faults;
    this.executor = new ScheduledThreadPoolExecutor(1, this::threadFor);
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

  /** Called once; again only where the operating system refused to start the thread. */
  private Thread threadFor(Runnable work) {
    thread.work = work;
    return thread;
  }

  /** Where the JVM's own threads are: no application interrupts, joins or destroys that group. */
  private static ThreadGroup systemGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  /** Its context class loader is the agent's: none at all upsets some log managers. */
  private static final class LoopThread extends Thread {
    private volatile @Nullable Runnable work;

    @SuppressWarnings("ThreadPriorityCheck") // only not the high one of the JVM's attach listener
    LoopThread(ThreadGroup group) {
      super(group, null, "evenkeel-control", 0, false);
      setDaemon(true);
      setPriority(NORM_PRIORITY);
      setContextClassLoader(ControlThread.class.getClassLoader());
    }

    @Override
    public void run() {
      Runnable given = work;
      if (given != null) {
        given.run();
      }
    }
  }
}
