package dev.evenkeel.balancer.mirror;

import dev.evenkeel.spi.Exchange;

/** One copy of a call, on its way to one mirror. Thread-safe. */
public interface MirroredCall {
  MirroredRequest request();

  /** Opens the exchange with the mirror, which is a call to that service like any other. */
  Exchange open();

  /** The copy is not needed any more. Must be reached on every path; first call wins. */
  void done();
}
