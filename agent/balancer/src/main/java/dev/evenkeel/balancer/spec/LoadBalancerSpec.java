package dev.evenkeel.balancer.spec;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service that balances over servers. Source: Traefik {@code http.services.<name>.loadBalancer}.
 * Immutable.
 *
 * @param servers in configured order, at most one per URL: {@link #of} adds up the weights of a URL
 *     that is listed twice, as Traefik gives it both shares
 * @param sticky null without {@code sticky.cookie}
 * @param healthCheck null without {@code healthCheck}: every server counts as up
 * @param passiveHealthCheck null without {@code passiveHealthCheck}: calls judge no server
 * @param passHostHeader true if servers see the logical host
 * @param extras what Traefik does not have
 */
public record LoadBalancerSpec(
    String name,
    List<ServerSpec> servers,
    StrategySpec strategy,
    @Nullable StickyCookieSpec sticky,
    @Nullable HealthCheckSpec healthCheck,
    @Nullable PassiveHealthCheckSpec passiveHealthCheck,
    boolean passHostHeader,
    ExtrasSpec extras)
    implements ServiceSpec {

  public LoadBalancerSpec {
    servers = List.copyOf(servers);
    if (servers.stream().map(ServerSpec::url).distinct().count() != servers.size()) {
      throw new IllegalArgumentException("servers: a URL stands twice (expected: distinct URLs)");
    }
  }

  /**
   * A service that takes weighted turns and has no extras, with the weights of servers of the same
   * URL added up.
   */
  public static LoadBalancerSpec of(
      String name,
      List<ServerSpec> listed,
      @Nullable StickyCookieSpec sticky,
      @Nullable HealthCheckSpec healthCheck,
      boolean passHostHeader) {
    Map<String, ServerSpec> byUrl = new LinkedHashMap<>();
    listed.forEach(server -> byUrl.merge(server.url(), server, ServerSpec::plus));
    return new LoadBalancerSpec(
        name,
        List.copyOf(byUrl.values()),
        StrategySpec.WRR,
        sticky,
        healthCheck,
        null,
        passHostHeader,
        ExtrasSpec.NONE);
  }

  /** The same service with another strategy. */
  public LoadBalancerSpec with(StrategySpec other) {
    return new LoadBalancerSpec(
        name, servers, other, sticky, healthCheck, passiveHealthCheck, passHostHeader, extras);
  }

  /** The same service with another way of judging servers by calls; null: none. */
  public LoadBalancerSpec with(@Nullable PassiveHealthCheckSpec other) {
    return new LoadBalancerSpec(
        name, servers, strategy, sticky, healthCheck, other, passHostHeader, extras);
  }

  /** The same service with other extras. */
  public LoadBalancerSpec with(ExtrasSpec other) {
    return new LoadBalancerSpec(
        name, servers, strategy, sticky, healthCheck, passiveHealthCheck, passHostHeader, other);
  }

  /**
   * The same service with some servers in the place of each, which are fenced and drained as that
   * one is. Servers of the same URL are one, and have both weights.
   */
  public LoadBalancerSpec expanded(Function<ServerSpec, List<ServerSpec>> expansion) {
    HealthRulesSpec rules = extras.health();
    Map<String, ServerSpec> byUrl = new LinkedHashMap<>();
    Set<String> fenced = new LinkedHashSet<>();
    Map<String, Duration> drained = new LinkedHashMap<>();
    boolean isOfOneHost = servers.stream().map(ServerSpec::host).distinct().count() < 2;
    for (ServerSpec server : servers) {
      Duration drain = rules.drained().get(server.url());
      boolean isToldByName = !isOfOneHost && isToldByName(server);
      for (ServerSpec one : expansion.apply(server)) {
        boolean isLookedUp = !one.name().equals(one.host());
        ServerSpec each = isToldByName && isLookedUp ? one.toldByName() : one;
        byUrl.merge(each.url(), each, ServerSpec::plusAtMost);
        if (rules.fenced().contains(server.url())) {
          fenced.add(each.url());
        }
        if (drain != null) {
          drained.put(each.url(), drain);
        }
      }
    }
    return new LoadBalancerSpec(
        name,
        List.copyOf(byUrl.values()),
        strategy,
        sticky,
        healthCheck,
        passiveHealthCheck,
        passHostHeader,
        extras.with(rules.with(List.copyOf(fenced), drained)));
  }

  /**
   * Whether one address may be that of many sites, which are told apart by TLS or by the Host
   * header. What a server is called must not depend on what was looked up first.
   */
  private boolean isToldByName(ServerSpec server) {
    return server.scheme().equals("https") || !passHostHeader;
  }

  @Override
  public List<String> references() {
    return List.of();
  }

  /** Unlike in Traefik, passive checks alone are enough: what they say is handed upwards too. */
  @Override
  public boolean isReporting() {
    return healthCheck != null || passiveHealthCheck != null;
  }
}
