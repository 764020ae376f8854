package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.strategy.Position;
import dev.evenkeel.balancer.strategy.Strategy;
import dev.evenkeel.balancer.strategy.WeightedRoundRobin;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service that balances over services: its position in the weighted turns.
 * Thread-safe, except for the methods that are said to be the control thread's.
 */
final class WeightedState extends ServiceState {
  private final Position position;

  private @Nullable StickyCookie stickyCookie;
  private volatile WeightedSpec spec;
  private volatile @Nullable WeightedService service;

  WeightedState(WeightedSpec spec, long firstTicket) {
    super(spec.name());
    position = new Position(firstTicket);
    this.spec = spec;
    stickyCookie = cookie(spec);
  }

  @Override
  boolean isOfKind(ServiceSpec other) {
    return other instanceof WeightedSpec;
  }

  @Override
  void configure(ServiceSpec newSpec) {
    spec = (WeightedSpec) newSpec;
    stickyCookie = cookie(spec);
    service = null;
  }

  private static @Nullable StickyCookie cookie(WeightedSpec spec) {
    return spec.sticky() == null ? null : new StickyCookie(spec.sticky(), spec.references());
  }

  @Override
  WeightedService snapshot(Function<String, Service> others) {
    List<Service> children = spec.references().stream().map(others).toList();
    int[] configured = spec.children().stream().mapToInt(ChildSpec::weight).toArray();
    int[] weights = configured.clone();
    for (int i = 0; spec.isHealthPropagated() && i < weights.length; i++) {
      weights[i] = children.get(i).isUp() ? weights[i] : 0;
    }
    WeightedService last = service;
    if (last == null || !last.isMadeOf(children, weights)) {
      last =
          new WeightedService(
              this,
              children,
              configured,
              weights,
              strategyFor(weights),
              position.tickets(),
              stickyCookie);
      service = last;
    }
    return last;
  }

  private @Nullable Strategy strategyFor(int[] weights) {
    WeightedTurns turns = position.turnsFor(weights);
    return turns == null ? null : new WeightedRoundRobin(position.tickets(), turns);
  }

  @Override
  public String kind() {
    return "weighted";
  }

  @Override
  public String strategy() {
    return "wrr";
  }

  @Override
  public List<String> children() {
    return spec.references();
  }

  @Override
  public String status() {
    WeightedService newest = service;
    return newest != null && newest.isUp() ? "UP" : "DOWN";
  }
}
