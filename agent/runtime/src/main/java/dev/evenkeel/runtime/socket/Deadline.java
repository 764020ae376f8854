package dev.evenkeel.runtime.socket;

import dev.evenkeel.balancer.Ticker;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The point in time by which a task of ours must have ended. Immutable. */
public final class Deadline {
  private final Ticker ticker;
  private final long endNanos;

  public Deadline(Ticker ticker, Duration timeout) {
    this(ticker, ticker.nanos() + saturatedNanos(timeout));
  }

  private Deadline(Ticker ticker, long endNanos) {
    this.ticker = ticker;
    this.endNanos = endNanos;
  }

  /** For a part of the task: a while from now, but no later than this; zero: this. */
  public Deadline within(Duration limit) {
    Deadline sooner = new Deadline(ticker, limit);
    return limit.isZero() || sooner.endNanos - endNanos >= 0 ? this : sooner;
  }

  /**
   * What is left, for a socket's timeout.
   *
   * @return milliseconds, 1..{@link Integer#MAX_VALUE}: to a socket 0 means for ever
   * @throws SocketTimeoutException if nothing is left
   */
  public int remainingMillis() throws SocketTimeoutException {
    long nanos = endNanos - ticker.nanos();
    if (nanos <= 0) {
      throw new SocketTimeoutException("deadline");
    }
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
  }

  public boolean isOver() {
    return endNanos - ticker.nanos() <= 0;
  }

  private static long saturatedNanos(Duration timeout) {
    // half the range, so that the difference of two ticks stays right
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    return timeout.compareTo(longest) > 0 ? longest.toNanos() : timeout.toNanos();
  }
}
