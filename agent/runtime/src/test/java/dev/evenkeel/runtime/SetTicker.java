package dev.evenkeel.runtime;

import dev.evenkeel.balancer.Ticker;
import java.time.Instant;

/** A clock that stands where it was set. Not thread-safe. */
final class SetTicker implements Ticker {
  private Instant now;

  SetTicker(Instant now) {
    this.now = now;
  }

  void set(Instant to) {
    now = to;
  }

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public Instant now() {
    return now;
  }
}
