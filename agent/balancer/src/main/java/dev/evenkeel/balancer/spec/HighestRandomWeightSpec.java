package dev.evenkeel.balancer.spec;

import java.util.List;

/**
 * A service that hashes over services. Source: Traefik {@code
 * http.services.<name>.highestRandomWeight}. Immutable.
 *
 * @param children in configured order; the weights of a child that is listed twice are added up
 * @param isHealthPropagated true with {@code healthCheck: {}}: a child that is down takes no share
 * @param extras what Traefik does not have
 */
public record HighestRandomWeightSpec(
    String name, List<ChildSpec> children, boolean isHealthPropagated, ExtrasSpec extras)
    implements ServiceSpec {

  public HighestRandomWeightSpec {
    children = ChildSpec.merged(children);
  }

  @Override
  public List<String> references() {
    return ChildSpec.names(children);
  }

  @Override
  public boolean isReporting() {
    return isHealthPropagated;
  }
}
