package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.spi.SetCookie;
import org.jspecify.annotations.Nullable;

/**
 * That a pick came by a failover whose first service may answer with an error, and what had been
 * gathered up to there. Immutable.
 *
 * @param setCookies those of the services inside
 * @param mirrors those inside
 * @param inner the turn at the next failover inside; null if there is none
 */
record FailoverTurn(
    FailoverService failover,
    FailoverErrorsSpec errors,
    @Nullable SetCookie setCookies,
    @Nullable MirrorTurn mirrors,
    @Nullable FailoverTurn inner) {

  /** The innermost one for which the status is an error and which has a server to go on with. */
  static @Nullable FailoverTurn judge(
      @Nullable FailoverTurn outermost, int status, ServiceExchange exchange) {
    if (outermost == null) {
      return null;
    }
    FailoverTurn inside = judge(outermost.inner, status, exchange);
    if (inside != null) {
      return inside;
    }
    boolean isError = outermost.errors.isError(status);
    return isError && outermost.failover.fallback().canTake(exchange) ? outermost : null;
  }

  /** The least of what the failovers on the way allow. */
  static long maxBodyBytes(@Nullable FailoverTurn outermost) {
    long least = Long.MAX_VALUE;
    for (FailoverTurn turn = outermost; turn != null; turn = turn.inner) {
      long max = turn.errors.maxBodyBytes();
      least = max == FailoverErrorsSpec.ANY_BODY ? least : Math.min(least, max);
    }
    return least;
  }
}
