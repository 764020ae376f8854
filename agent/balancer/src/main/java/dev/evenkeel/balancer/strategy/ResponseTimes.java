package dev.evenkeel.balancer.strategy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast one server answers: a decaying average of its times to headers, and how long the calls
 * that wait now have heard nothing.
 *
 * <p>The average is one {@code long}: a float of nanoseconds above, the time of the last change
 * below, in units of about a millisecond. A time above the average becomes the average at once; one
 * below draws it down by the share of {@code e^(-t/τ)} that has passed, τ being {@value
 * #DECAY_SECONDS} s. So a server that turns slow is noticed with one answer, and is trusted again
 * over seconds. A change that loses a race is dropped: the one that won is as new.
 *
 * <p>The age of the oldest waiting call would need a queue. Instead one time is kept, of the last
 * answer or, if none was waiting then, of the first call that began to wait since: a server that
 * stops answering ages as its oldest call does, less what passed before its last answer.
 * Thread-safe.
 */
public final class ResponseTimes {
  static final int DECAY_SECONDS = 10;

  private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(DECAY_SECONDS);
  private static final int UNIT_SHIFT = 20;
  private static final long UNKNOWN = 0;

  private final AtomicLong averageAndTime = new AtomicLong(UNKNOWN);
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long lastHeardNanos;

  /** A call begins to wait for its headers. */
  public void begins(long nowNanos) {
    // In this order, or the call would for a moment look as old as the last answer.
    if (waiting.get() == 0) {
      lastHeardNanos = nowNanos;
    }
    waiting.incrementAndGet();
  }

  /** A call has its headers. */
  public void answered(long takenNanos, long nowNanos) {
    lastHeardNanos = nowNanos;
    waiting.decrementAndGet();
    record(takenNanos, nowNanos);
  }

  /** A call ended without headers. Says by itself nothing about the server. */
  public void waitingEnds() {
    waiting.decrementAndGet();
  }

  /** A call took some time, or, when it was given up or failed, counts as if. */
  public void record(long takenNanos, long nowNanos) {
    long seen = averageAndTime.get();
    float taken = Math.max(takenNanos, 1);
    float average = average(seen);
    if (seen != UNKNOWN && taken < average) {
      taken = average - (float) ((average - taken) * (1 - decay(seen, nowNanos)));
    }
    averageAndTime.compareAndSet(seen, pack(taken, nowNanos));
  }

  /** A call was given up after a while: it would have taken at least that. */
  public void recordAtLeast(long takenNanos, long nowNanos) {
    if (takenNanos > averageNanos()) {
      record(takenNanos, nowNanos);
    }
  }

  /** 0 without any time yet. */
  public double averageNanos() {
    return average(averageAndTime.get());
  }

  /**
   * The average, which goes down to a floor as long as nothing new is heard: a server that was slow
   * is tried again one day.
   *
   * @param floorNanos above 0
   * @return the average itself where it is below the floor
   */
  double relaxedNanos(double floorNanos, long nowNanos) {
    long seen = averageAndTime.get();
    double above = average(seen) - floorNanos;
    return above <= 0 ? average(seen) : floorNanos + above * decay(seen, nowNanos);
  }

  /** How long the calls that wait have heard nothing; 0 if none waits. */
  double silenceNanos(long nowNanos) {
    return waiting.get() > 0 ? (double) Math.max(0, nowNanos - lastHeardNanos) : 0;
  }

  private static float average(long packed) {
    return Float.intBitsToFloat((int) (packed >>> Integer.SIZE));
  }

  /** What is left of a difference by now, 0..1. */
  private static double decay(long packed, long nowNanos) {
    int units = (int) (nowNanos >> UNIT_SHIFT) - (int) packed;
    return units <= 0 ? 1 : Math.exp(-((long) units << UNIT_SHIFT) / DECAY_NANOS);
  }

  private static long pack(float average, long nowNanos) {
    return (long) Float.floatToRawIntBits(average) << Integer.SIZE
        | ((nowNanos >> UNIT_SHIFT) & 0xFFFF_FFFFL);
  }
}
