package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The servers of an exchange that a call can come to. For a call by http, the JDK asks an HTTP
 * proxy for no tunnel, which an https server would need. Not thread-safe; one per call.
 */
final class Reach {
  private final Exchange exchange;
  private final boolean isLimited;
  private boolean isAnyOut;

  /** What {@link #hasNext} has found; null if it was not asked. */
  private @Nullable Attempt found;

  /**
   * @param isLimited true for a call by http through an HTTP proxy
   */
  Reach(Exchange exchange, boolean isLimited) {
    this.exchange = exchange;
    this.isLimited = isLimited;
  }

  /** Begins an attempt on the next server; null if none is left. */
  @Nullable Attempt next() {
    Attempt next = found == null ? exchange.next() : found;
    found = null;
    while (next != null && isLimited && next.server().scheme().equals("https")) {
      next.end(Outcome.CANCELLED);
      isAnyOut = true;
      next = exchange.next();
    }
    return next;
  }

  /**
   * True if {@link #next} has a server, where the balancer says so: it does not know which ones are
   * out of reach, and so the attempt is begun already.
   */
  boolean hasNext() {
    if (isLimited) {
      found = next();
    }
    return !isLimited || found != null;
  }

  /** True once a server was left out. */
  boolean isAnyOut() {
    return isAnyOut;
  }
}
