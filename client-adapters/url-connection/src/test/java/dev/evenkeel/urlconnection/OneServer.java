package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** An exchange with one server to try. Not thread-safe; one per test. */
final class OneServer implements Exchange {
  private final Attempt attempt;
  private boolean isTaken;

  /** What the look for another server ends with; null if there is just none. */
  @Nullable RuntimeException faultAtTheEnd;

  OneServer(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public String service() {
    return "orders";
  }

  @Override
  public @Nullable Attempt next() {
    if (isTaken && faultAtTheEnd != null) {
      throw faultAtTheEnd;
    }
    Attempt next = isTaken ? null : attempt;
    isTaken = true;
    return next;
  }

  @Override
  public ConnectException unavailable() {
    return new ConnectException("none");
  }
}
