package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.strategy.Position;
import dev.evenkeel.balancer.strategy.WeightedRoundRobin;
import dev.evenkeel.balancer.turns.WeightedTurns;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service that balances over services by turns: its position in them.
 * Thread-safe, except for the methods that are said to be the control thread's.
 */
final class WeightedState extends ParentState {
  private final Position position;

  private @Nullable StickyCookie stickyCookie;

  WeightedState(WeightedSpec spec, long firstTicket) {
    super(spec.name());
    position = new Position(firstTicket);
    take(spec);
  }

  @Override
  boolean isOfKind(ServiceSpec other) {
    return other instanceof WeightedSpec;
  }

  @Override
  void configure(ServiceSpec newSpec) {
    take((WeightedSpec) newSpec);
  }

  private void take(WeightedSpec spec) {
    stickyCookie =
        spec.sticky() == null ? null : new StickyCookie(spec.sticky(), spec.references());
    update(spec.children(), spec.isHealthPropagated());
  }

  @Override
  Picking picking(int[] set, int[] inForce) {
    WeightedTurns turns = position.turnsFor(inForce);
    return new Picking(
        turns == null ? null : new WeightedRoundRobin(position.tickets(), turns),
        position.tickets(),
        stickyCookie,
        HashKey.NONE);
  }

  @Override
  public String kind() {
    return "weighted";
  }

  @Override
  public String strategy() {
    return "wrr";
  }
}
