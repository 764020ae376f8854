package dev.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceKindsTest {
  private static final Map<Class<?>, ServiceSpec> SAMPLES =
      Map.of(LoadBalancerSpec.class, Fixture.orders(Fixture.server(Fixture.A, 1)));

  @Test
  void everyPermittedKind_isBalanced() {
    assertThat(ServiceSpec.class.getPermittedSubclasses()).isNotEmpty();
    for (Class<?> kind : ServiceSpec.class.getPermittedSubclasses()) {
      assertThat(SAMPLES).as("a sample of every kind").containsKey(kind);
      Fixture fixture = new Fixture().apply(SAMPLES.get(kind));

      assertThat(fixture.call()).isEqualTo(Fixture.A);
      assertThat(fixture.service().kind()).isNotBlank();
    }
  }
}
