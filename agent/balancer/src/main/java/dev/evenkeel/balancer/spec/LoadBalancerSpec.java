package dev.evenkeel.balancer.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
