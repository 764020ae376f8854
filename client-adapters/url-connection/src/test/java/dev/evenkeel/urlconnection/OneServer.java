package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** An exchange with one server to try. Not thread-safe; one per test. */
final class OneServer implements Exchange {
  private final Attempt attempt;
  private boolean isTaken;

  OneServer(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public String service() {
    return "orders";
  }

  @Override
  public @Nullable Attempt next() {
    Attempt next = isTaken ? null : attempt;
    isTaken = true;
    return next;
  }

  @Override
  public ConnectException unavailable() {
    return new ConnectException("none");
  }
}
