package dev.evenkeel.balancer.spec;

import java.util.List;

/** One entry of {@code http.services}, of exactly one kind. Immutable. */
public sealed interface ServiceSpec
    permits LoadBalancerSpec, WeightedSpec, HighestRandomWeightSpec, MirroringSpec, FailoverSpec {
  /** The name as written, without a provider suffix; without routers it is the logical host too. */
  String name();

  /** The services that this one leads to, as written; empty for one that has servers of its own. */
  List<String> references();

  /** True if a parent can learn whether this service is up. */
  boolean isReporting();

  /** Those of {@link #references()} that have to be {@linkplain #isReporting() reporting}. */
  default List<String> reporters() {
    return isReporting() ? references() : List.of();
  }

  /** Those of {@link #references()} by whose health it goes, as far as they say it. */
  default List<String> watched() {
    return reporters();
  }
}
