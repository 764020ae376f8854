package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service of any kind, as one snapshot has it: gives a call one of its servers. Services form a
 * tree, and a pick walks down one branch of it. Immutable, except for the live state that it leads
 * to.
 */
sealed interface Service
    permits LoadBalancerService, WeightedService, MirroringService, FailoverService {
  /** The live state that outlives this snapshot. */
  ServiceState state();

  /** Every server below, each once. */
  List<ServerState> servers();

  /** Whether it took new calls when the snapshot was built: what a parent goes by. */
  boolean isUp();

  /** Whether it, or a service below, has a cookie to look for. */
  boolean readsCookies();

  /** What it, and the services below, tell calls apart by, as far as requests say it; each once. */
  List<KeySpec> keys();

  /** Whether a pick would find a server for this call now. */
  boolean canTake(ServiceExchange exchange);

  /**
   * A server that the exchange has not tried, or null. The sticky cookies to set are handed to the
   * exchange, those of outer services first.
   */
  @Nullable ServerState pick(ServiceExchange exchange);
}
