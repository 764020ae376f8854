package dev.evenkeel.balancer.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service with another that stands in while it is down, or for responses that count as errors.
 * Source: Traefik {@code http.services.<name>.failover}. Immutable.
 *
 * @param service the service that is asked first
 * @param fallback the service that is asked while that is down
 * @param errors null: whatever the first service answers is the answer
 * @param isHealthPropagated true with {@code healthCheck: {}}: a parent sees whether either is up
 */
public record FailoverSpec(
    String name,
    String service,
    String fallback,
    @Nullable FailoverErrorsSpec errors,
    boolean isHealthPropagated)
    implements ServiceSpec {

  /** One that goes by health alone. */
  public FailoverSpec(String name, String service, String fallback, boolean isHealthPropagated) {
    this(name, service, fallback, null, isHealthPropagated);
  }

  @Override
  public List<String> references() {
    return List.of(service, fallback);
  }

  @Override
  public boolean isReporting() {
    return isHealthPropagated;
  }

  /** With errors the first service need not say whether it is up, as in Traefik. */
  @Override
  public List<String> reporters() {
    if (errors == null) {
      return isHealthPropagated ? references() : List.of(service);
    }
    return isHealthPropagated ? List.of(fallback) : List.of();
  }

  @Override
  public List<String> watched() {
    return isHealthPropagated ? references() : List.of(service);
  }
}
