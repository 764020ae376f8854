package dev.evenkeel.balancer.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, ChildSpec> byName = new LinkedHashMap<>();
    children.forEach(child -> byName.merge(child.name(), child, ChildSpec::plus));
    children = List.copyOf(byName.values());
  }

  @Override
  public List<String> references() {
    return children.stream().map(ChildSpec::name).toList();
  }

  @Override
  public boolean isReporting() {
    return isHealthPropagated;
  }

  @Override
  public List<String> reporters() {
    return isHealthPropagated ? references() : List.of();
  }
}
