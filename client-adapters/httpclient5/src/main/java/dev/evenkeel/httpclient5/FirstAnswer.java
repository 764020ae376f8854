package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** An exchange whose first answer stands, whatever it is. Not thread-safe; one per exchange. */
record FirstAnswer(Exchange exchange) implements Exchange {
  @Override
  public String service() {
    return exchange.service();
  }

  @Override
  public @Nullable Attempt next() {
    return exchange.next();
  }

  @Override
  public ConnectException unavailable() {
    return exchange.unavailable();
  }
}
