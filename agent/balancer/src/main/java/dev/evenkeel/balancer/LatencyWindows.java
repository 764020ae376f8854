package dev.evenkeel.balancer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The times to headers of one server, in two windows: the current one, and the whole one before.
 * Together they cover the last one to two {@link #WINDOW_SECONDS windows}, to one significant
 * digit.
 *
 * <p>A histogram is made at the first time of a window, so that a server without calls costs
 * nothing. A thread that read the current window just before it was rotated records into the one
 * before, where its time belongs as well. Thread-safe; rotated by the control thread.
 */
final class LatencyWindows {
  static final int WINDOW_SECONDS = 60;

  private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 1;
  private static final double MICROS_PER_MILLI = 1_000;

  private final AtomicReference<@Nullable AtomicHistogram> current = new AtomicReference<>();
  private volatile @Nullable AtomicHistogram previous;

  /** Records a time; above an hour it counts as an hour. */
  void record(long nanos) {
    AtomicHistogram window = current.get();
    if (window == null) {
      AtomicHistogram made = new AtomicHistogram(MAX_MICROS, DIGITS);
      window = current.compareAndExchange(null, made);
      window = window == null ? made : window;
    }
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    window.recordValue(Math.min(Math.max(micros, 0), MAX_MICROS));
  }

  void rotate() {
    previous = current.getAndSet(null);
  }

  /** As {@link ServerView#latencyMillis}. */
  double quantileMillis(double quantile) {
    Histogram sum = new Histogram(MAX_MICROS, DIGITS);
    addTo(sum, previous);
    addTo(sum, current.get());
    return sum.getTotalCount() == 0
        ? Double.NaN
        : sum.getValueAtPercentile(quantile * 100) / MICROS_PER_MILLI;
  }

  private static void addTo(Histogram sum, @Nullable AtomicHistogram window) {
    if (window != null) {
      sum.add(window);
    }
  }
}
