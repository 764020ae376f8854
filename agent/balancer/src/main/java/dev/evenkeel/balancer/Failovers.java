package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.spi.SetCookie;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange knows of the failovers that judge its responses. Calls that come by none have
 * none of these. Not thread-safe; one per exchange.
 */
final class Failovers {
  private @Nullable FailoverTurn outermost;
  private @Nullable FailoverWay way;
  private @Nullable ServerState chosen;
  private @Nullable ServerAttempt attempt;

  /** Notes a failover of the pick that is being made; inner ones come first. */
  void cameBy(
      FailoverService failover,
      FailoverErrorsSpec errors,
      @Nullable SetCookie setCookies,
      @Nullable MirrorTurn mirrors) {
    outermost = new FailoverTurn(failover, errors, setCookies, mirrors, outermost);
  }

  /** An attempt has begun on the server that was picked last. */
  void begun(ServerAttempt newAttempt) {
    attempt = newAttempt;
  }

  /** True once a response was given up. */
  boolean isUnderWay() {
    return way != null;
  }

  /** True while the response of the newest attempt may be given up. */
  boolean isJudging() {
    return outermost != null;
  }

  long maxBodyBytes() {
    return FailoverTurn.maxBodyBytes(outermost);
  }

  boolean hasLeft(FailoverService failover) {
    return way != null && way.hasLeft(failover);
  }

  boolean hasTried(ServerState server) {
    return way != null && way.hasTried(server);
  }

  /** The server that was picked when the response before was given up, once; else null. */
  @Nullable ServerState takeChosen() {
    ServerState taken = chosen;
    chosen = null;
    return taken;
  }

  /** A server where the call is now: at {@code root}, or at the fallback that it was led to. */
  @Nullable ServerState pick(ServiceExchange exchange, Service root) {
    outermost = null;
    return way == null ? root.pick(exchange) : way.pick(exchange);
  }

  /** The turn of the failover that gives the newest attempt's response up; null if none does. */
  @Nullable FailoverTurn judge(int status, ServiceExchange exchange) {
    return FailoverTurn.judge(outermost, status, exchange);
  }

  /**
   * Picks a server on another way, and goes that way if there is one.
   *
   * @return false if nothing changes, because there is none
   */
  boolean follow(
      FailoverTurn left,
      @Nullable SetCookie setCookies,
      @Nullable MirrorTurn mirrors,
      TriedServers tried,
      ServiceExchange exchange) {
    FailoverTurn turns = outermost;
    FailoverWay wayBefore = way;
    if (turns == null) {
      return false;
    }
    way = new FailoverWay(left, turns, setCookies, mirrors, tried, wayBefore);
    outermost = null;
    chosen = way.pick(exchange);
    if (chosen == null) {
      way = wayBefore;
      outermost = turns;
      return false;
    }
    if (attempt != null) {
      attempt.leave(left.mirrors());
    }
    return true;
  }
}
