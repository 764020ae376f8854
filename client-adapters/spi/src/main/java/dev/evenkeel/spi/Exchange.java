package dev.evenkeel.spi;

import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * One call as the application sees it: at most {@code min(servers, 3)} attempts, each on another
 * server. A followed redirect is an exchange of its own. Not thread-safe; one per exchange.
 */
public interface Exchange {
  /** The name of the service that was chosen, for messages. */
  String service();

  /**
   * Picks a server that this exchange has not tried and begins an attempt on it: its in-flight
   * count goes up until {@link Attempt#end}. Call it again only after the attempt before ended with
   * {@link Outcome#CONNECT_FAILED}.
   *
   * @return null when no server is left. Then the call fails: with the exception of the last
   *     attempt if there was one, with {@link #unavailable()} if there was none
   */
  @Nullable Attempt next();

  /**
   * The exception for a call that found no server: names the service and says of each server why it
   * is out.
   */
  ConnectException unavailable();
}
