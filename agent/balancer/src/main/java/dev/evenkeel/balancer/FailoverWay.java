package dev.evenkeel.balancer;

import dev.evenkeel.spi.SetCookie;
import org.jspecify.annotations.Nullable;

/**
 * How a call goes on with the fallback of a failover after the first service answered with an
 * error. What the services around the failover said when the call came by them holds on: their
 * cookies, their mirrors, and their own judgement. Immutable.
 *
 * @param left the failover's turn
 * @param outermost the outermost turn of the pick that is left
 * @param setCookies all of that pick
 * @param mirrors all of that pick
 * @param tried the servers that were tried until then
 * @param before the way before; null if this is the first one
 */
record FailoverWay(
    FailoverTurn left,
    FailoverTurn outermost,
    @Nullable SetCookie setCookies,
    @Nullable MirrorTurn mirrors,
    TriedServers tried,
    @Nullable FailoverWay before) {

  /** A server of the fallback; null if it has none. */
  @Nullable ServerState pick(ServiceExchange exchange) {
    ServerState server = left.failover().pickFallback(exchange);
    if (server != null) {
      repeat(outermost, exchange);
      exchange.surround(setCookies, outermost.setCookies(), mirrors, outermost.mirrors());
    }
    return server;
  }

  /** From the failover that is left outwards. */
  private void repeat(FailoverTurn turn, ServiceExchange exchange) {
    FailoverTurn inner = turn.inner();
    if (turn.failover() == left.failover() || inner == null) {
      return;
    }
    repeat(inner, exchange);
    exchange.surround(turn.setCookies(), inner.setCookies(), turn.mirrors(), inner.mirrors());
    exchange.cameBy(turn.failover(), turn.errors());
  }

  boolean hasLeft(FailoverService failover) {
    return left.failover() == failover || (before != null && before.hasLeft(failover));
  }

  boolean hasTried(ServerState server) {
    return tried.contains(server) || (before != null && before.hasTried(server));
  }
}
