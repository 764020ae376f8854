package dev.evenkeel.balancer.mirror;

import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;

/** One copy of a call, on its way to one mirror. Thread-safe. */
public interface MirroredCall {
  MirroredRequest request();

  /** The name of the service that gets it. */
  String mirror();

  /** What the copy takes of the budget; the same each time. */
  long bytes();

  /** Opens the exchange with the mirror, which is a call to that service like any other. */
  Exchange open();

  /**
   * How long a connection for one of the exchange's attempts may take.
   *
   * @param attempt of {@link #open}
   */
  TimeoutsSpec timeouts(Attempt attempt);

  /** The copy is not needed any more. Must be reached on every path; first call wins. */
  void done();
}
