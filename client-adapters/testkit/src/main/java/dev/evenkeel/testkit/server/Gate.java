package dev.evenkeel.testkit.server;

import dev.evenkeel.testkit.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Holds server threads back until a test lets them through, and tells the test that they have come.
 * Thread-safe.
 */
public final class Gate {
  private final CountDownLatch opened = new CountDownLatch(1);
  private final Semaphore arrivals = new Semaphore(0);

  Gate() {}

  /** Lets everybody through, from now on. */
  public void open() {
    opened.countDown();
  }

  /** Waits until as many more threads have come to the gate. */
  public void awaitArrivals(int count) {
    try {
      if (!arrivals.tryAcquire(count, Await.BOUND.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError(count + " arrivals awaited, came: " + arrivals.availablePermits());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Announces this thread and keeps it until the gate is open. */
  public void pass() {
    arrivals.release();
    Await.latch("gate is opened", opened);
  }
}
