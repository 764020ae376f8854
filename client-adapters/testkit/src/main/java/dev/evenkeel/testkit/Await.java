package dev.evenkeel.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounded waits for what has no event of its own to wait on, as an attribute of an MBean.
 * Thread-safe.
 */
public final class Await {
  /** More than anything on one machine takes; a test that meets this bound fails. */
  public static final Duration BOUND = Duration.ofSeconds(20);

  private static final long STEP_MILLIS = 2;

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what the condition in words, for the failure message
   * @throws AssertionError if it does not hold within {@link #BOUND}
   */
  public static void until(String what, Callable<Boolean> condition) {
    long deadlineNanos = System.nanoTime() + BOUND.toNanos();
    @Nullable Exception last = null;
    do {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      pause();
    } while (System.nanoTime() - deadlineNanos < 0);
    throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what, last);
  }

  /**
   * Waits for a latch.
   *
   * @param what what the latch stands for, for the failure message
   * @throws AssertionError if it is not open within {@link #BOUND}
   */
  public static void latch(String what, CountDownLatch latch) {
    try {
      if (!latch.await(BOUND.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting: " + what, e);
    }
  }

  // A latch nobody opens: a pause that an interrupt ends.
  private static void pause() {
    try {
      boolean unused = new CountDownLatch(1).await(STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
