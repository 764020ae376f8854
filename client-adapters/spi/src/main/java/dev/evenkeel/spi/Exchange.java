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
   * {@link Outcome#CONNECT_FAILED}, or was {@linkplain #giveUp given up}.
   *
   * @return null when no server is left. Then the call fails: with the exception of the last
   *     attempt if there was one, with {@link #unavailable()} if there was none
   */
  @Nullable Attempt next();

  /**
   * How long the body of the request may be, for the attempt that was begun last: a longer one is
   * answered with 413 and not sent, because the request may have to be sent again.
   *
   * @return bytes; {@link Long#MAX_VALUE} where any length will do, which is the rule
   */
  default long maxBodyBytes() {
    return Long.MAX_VALUE;
  }

  /**
   * Where to keep a body that cannot be read a second time, while it is sent by the attempt that
   * was begun last.
   *
   * @param contentLength bytes; -1 if it is not known
   * @return null if it need not be kept, which is the rule, or must not for its length
   */
  default @Nullable KeptBody keepBody(long contentLength) {
    return null;
  }

  /**
   * Asks whether the response of the attempt that was begun last is to be given up for that of
   * another service. Ask once, after {@link Attempt#answered}, before anybody else sees the
   * response, and only if the request can be sent again. If so, throw the response away, {@link
   * Attempt#end} the attempt, and send the request again by {@link #next}, which then has a server.
   * Where a response that stands may not be the attempt's last, as a challenge that the client
   * answers in place, ask first, and report it as answered if it is given up.
   *
   * @param status of the response. After a failure that came when something may have been sent,
   *     what a proxy would answer, by {@link GatewayStatus#of}; then without {@code answered}
   * @return false if the application gets the response, or the failure, which is the rule
   */
  default boolean giveUp(int status) {
    return false;
  }

  /**
   * The exception for a call that found no server: names the service and says of each server why it
   * is out.
   */
  ConnectException unavailable();
}
