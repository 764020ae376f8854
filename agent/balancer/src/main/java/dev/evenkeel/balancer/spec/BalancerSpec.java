package dev.evenkeel.balancer.spec;

import java.util.List;

/**
 * All services of one configuration, in the order of the file. Immutable.
 *
 * @param services no two have names that differ in case only, and {@link ServiceTree} finds nothing
 *     wrong with their references
 */
public record BalancerSpec(List<ServiceSpec> services) {
  /** A configuration that balances nothing. */
  public static final BalancerSpec EMPTY = new BalancerSpec(List.of());

  public BalancerSpec {
    services = List.copyOf(services);
    List<ServiceTree.Problem> problems = ServiceTree.of(services, List.of()).problems();
    if (!problems.isEmpty()) {
      ServiceTree.Problem first = problems.get(0);
      throw new IllegalArgumentException("service " + first.service() + ": " + first.text());
    }
  }
}
