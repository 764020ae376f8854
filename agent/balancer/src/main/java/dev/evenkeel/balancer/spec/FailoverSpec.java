package dev.evenkeel.balancer.spec;

import java.util.List;

/**
 * A service with another that stands in while it is down. Source: Traefik {@code
 * http.services.<name>.failover}. Immutable.
 *
 * @param service the service that is asked first
 * @param fallback the service that is asked while that is down
 * @param isHealthPropagated true with {@code healthCheck: {}}: a parent sees whether either is up
 */
public record FailoverSpec(String name, String service, String fallback, boolean isHealthPropagated)
    implements ServiceSpec {

  @Override
  public List<String> references() {
    return List.of(service, fallback);
  }

  @Override
  public boolean isReporting() {
    return isHealthPropagated;
  }

  @Override
  public List<String> reporters() {
    return isHealthPropagated ? List.of(service, fallback) : List.of(service);
  }
}
