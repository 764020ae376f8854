package dev.evenkeel.balancer.spec;

/** One entry of {@code http.services}, of exactly one kind. Immutable. */
public sealed interface ServiceSpec permits LoadBalancerSpec {
  /** The name as written, without a provider suffix; without routers it is the logical host too. */
  String name();
}
