package dev.evenkeel.balancer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;

/** A control loop that runs when a test tells it to, on the test's thread. */
final class FakeControlLoop implements ControlLoop {
  private final FakeTicker ticker;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final NavigableSet<Timer> timers =
      new TreeSet<>(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::number));

  private long timersMade;

  private record Timer(long dueNanos, long number, Runnable task) {}

  FakeControlLoop(FakeTicker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Timer timer = new Timer(ticker.nanos() + delay.toNanos(), timersMade++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /** Runs what waits, and what that asks for in turn. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Lets time pass; timers run at their time, in order. */
  void advance(Duration time) {
    long end = ticker.nanos() + time.toNanos();
    run();
    for (Timer next = nextUntil(end); next != null; next = nextUntil(end)) {
      ticker.advance(Duration.ofNanos(Math.max(0, next.dueNanos - ticker.nanos())));
      timers.remove(next);
      next.task.run();
      run();
    }
    ticker.advance(Duration.ofNanos(end - ticker.nanos()));
  }

  private Timer nextUntil(long endNanos) {
    boolean isOneDue = !timers.isEmpty() && timers.first().dueNanos <= endNanos;
    return isOneDue ? timers.first() : null;
  }

  int waitingTasks() {
    return tasks.size();
  }

  int waitingTimers() {
    return timers.size();
  }
}
