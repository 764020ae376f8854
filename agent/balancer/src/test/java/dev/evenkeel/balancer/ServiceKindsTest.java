package dev.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceKindsTest {
  private static final ServiceSpec LEAF =
      Fixture.pool("leaf", null, Fixture.CHECK, Fixture.server(Fixture.A, 1));

  private static final Map<Class<?>, ServiceSpec> SAMPLES =
      Map.of(
          LoadBalancerSpec.class,
          Fixture.orders(Fixture.server(Fixture.A, 1)),
          WeightedSpec.class,
          new WeightedSpec("orders", List.of(new ChildSpec("leaf", 1)), null, false),
          HighestRandomWeightSpec.class,
          new HighestRandomWeightSpec(
              "orders", List.of(new ChildSpec("leaf", 1)), false, ExtrasSpec.NONE),
          MirroringSpec.class,
          new MirroringSpec("orders", "leaf", List.of(), true, MirroringSpec.ANY_BODY, false),
          FailoverSpec.class,
          new FailoverSpec("orders", "leaf", "leaf", false));

  @Test
  void everyPermittedKind_isBalanced() {
    assertThat(ServiceSpec.class.getPermittedSubclasses()).isNotEmpty();
    for (Class<?> kind : ServiceSpec.class.getPermittedSubclasses()) {
      assertThat(SAMPLES).as("a sample of every kind").containsKey(kind);
      Fixture fixture = new Fixture().apply(SAMPLES.get(kind), LEAF);

      assertThat(fixture.call()).isEqualTo(Fixture.A);
      assertThat(fixture.service().kind()).isNotBlank();
      assertThat(fixture.balancer.explain("GET", "http://orders/")).contains(Fixture.A);
    }
  }
}
