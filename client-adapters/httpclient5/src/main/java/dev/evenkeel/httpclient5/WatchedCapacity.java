package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Attempt;
import java.io.IOException;
import org.apache.hc.core5.http.nio.CapacityChannel;

/**
 * Where the application says that it can take more of a response's body. Thread-safe where the
 * connection's is.
 */
record WatchedCapacity(CapacityChannel channel, Attempt attempt) implements CapacityChannel {
  /**
   * Has the connection ask for more. Until it is told so the body rests: the connection is short of
   * room, and it keeps the response also where the application has lost it.
   */
  static CapacityChannel resting(CapacityChannel channel, Attempt attempt) {
    attempt.rests(true);
    return new WatchedCapacity(channel, attempt);
  }

  @Override
  public void update(int increment) throws IOException {
    if (increment > 0) {
      attempt.rests(false);
    }
    channel.update(increment);
  }
}
