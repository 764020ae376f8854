package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service with a fallback. Thread-safe, except for the methods that are
 * said to be the control thread's.
 */
final class FailoverState extends ServiceState {
  private volatile FailoverSpec spec;
  private volatile @Nullable FailoverService service;

  FailoverState(FailoverSpec spec) {
    super(spec.name());
    this.spec = spec;
  }

  @Override
  boolean isOfKind(ServiceSpec other) {
    return other instanceof FailoverSpec;
  }

  @Override
  void configure(ServiceSpec newSpec) {
    spec = (FailoverSpec) newSpec;
  }

  @Override
  FailoverService snapshot(Function<String, Service> others) {
    Service first = others.apply(spec.service());
    Service fallback = others.apply(spec.fallback());
    FailoverService last = service;
    if (last == null || !last.isMadeOf(first, fallback, spec.errors())) {
      last = new FailoverService(this, first, fallback, spec.errors());
      service = last;
    }
    return last;
  }

  @Override
  public String kind() {
    return "failover";
  }

  @Override
  public List<String> children() {
    return spec.references();
  }

  @Override
  public String status() {
    FailoverService newest = service;
    return newest != null && newest.isUp() ? "UP" : "DOWN";
  }
}
