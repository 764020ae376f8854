package dev.evenkeel.balancer.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that balances over services. Source: Traefik {@code http.services.<name>.weighted}.
 * Immutable.
 *
 * @param children in configured order; the weights of a child that is listed twice are added up
 * @param sticky null without {@code sticky.cookie}
 * @param isHealthPropagated true with {@code healthCheck: {}}: a child that is down takes no share
 */
public record WeightedSpec(
    String name,
    List<ChildSpec> children,
    @Nullable StickyCookieSpec sticky,
    boolean isHealthPropagated)
    implements ServiceSpec {

  public WeightedSpec {
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
