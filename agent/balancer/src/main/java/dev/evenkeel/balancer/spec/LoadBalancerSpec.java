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
 * @param passHostHeader true if servers see the logical host
 * @param extras what Traefik does not have
 */
public record LoadBalancerSpec(
    String name,
    List<ServerSpec> servers,
    StrategySpec strategy,
    @Nullable StickyCookieSpec sticky,
    @Nullable HealthCheckSpec healthCheck,
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
        passHostHeader,
        ExtrasSpec.NONE);
  }

  /** The same service with another strategy. */
  public LoadBalancerSpec with(StrategySpec other) {
    return new LoadBalancerSpec(name, servers, other, sticky, healthCheck, passHostHeader, extras);
  }

  /** The same service with other extras. */
  public LoadBalancerSpec with(ExtrasSpec other) {
    return new LoadBalancerSpec(
        name, servers, strategy, sticky, healthCheck, passHostHeader, other);
  }

  @Override
  public List<String> references() {
    return List.of();
  }

  @Override
  public boolean isReporting() {
    return healthCheck != null;
  }

  @Override
  public List<String> reporters() {
    return List.of();
  }
}
