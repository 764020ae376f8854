package dev.evenkeel.balancer;

import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.balancer.strategy.Strategy;
import dev.evenkeel.balancer.strategy.WeightedScan;
import dev.evenkeel.balancer.turns.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * How a service picks among its members, servers or services: what the kinds of services have in
 * common. Immutable, except for the live state that it leads to.
 *
 * @param strategy null while no member takes new calls
 * @param stickyCookie null without sticky sessions
 */
record Picking(
    @Nullable Strategy strategy,
    Tickets tickets,
    @Nullable StickyCookie stickyCookie,
    HashKey hashKey) {

  boolean readsCookies() {
    return stickyCookie != null || hashKey.isCookie();
  }

  /** The session that the call belongs to; null if it has none, or if there are no sessions. */
  @Nullable Session session(ServiceExchange exchange) {
    return stickyCookie == null ? null : stickyCookie.session(exchange.cookies());
  }

  /**
   * An open member for a call without a session.
   *
   * @param rounds as {@link WeightedScan} has them
   */
  int pickNew(Members<ServiceExchange> members, ServiceExchange exchange, int rounds) {
    int member = strategy == null ? Strategy.NONE : strategy.pick(members, exchange);
    return member == Strategy.NONE ? WeightedScan.pick(members, exchange, rounds, tickets) : member;
  }

  /**
   * Has the cookie written that binds the call to its member, as Traefik does: when the member was
   * newly selected, or the value is an old form.
   */
  void bind(ServiceExchange exchange, @Nullable Session session, int member) {
    boolean isKept = session != null && session.member() == member && !session.isLegacy();
    if (stickyCookie != null && !isKept) {
      exchange.addSetCookie(stickyCookie.setCookie(member));
    }
  }
}
