package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.strategy.Hashing;
import dev.evenkeel.balancer.strategy.Position;
import dev.evenkeel.balancer.strategy.WeightedRoundRobin;
import dev.evenkeel.balancer.turns.WeightedTurns;

/**
 * All that is known of one service that hashes over services. Calls without a key take turns.
 * Thread-safe, except for the methods that are said to be the control thread's.
 */
final class HighestRandomWeightState extends ParentState {
  private final Position position;
  private final Hashing hashing = new Hashing();
  private final long number;

  private ExtrasSpec extras;

  HighestRandomWeightState(HighestRandomWeightSpec spec, long firstTicket) {
    super(spec.name());
    position = new Position(firstTicket);
    number = firstTicket;
    extras = spec.extras();
    update(spec.children(), spec.isHealthPropagated());
  }

  @Override
  boolean isOfKind(ServiceSpec other) {
    return other instanceof HighestRandomWeightSpec;
  }

  @Override
  void configure(ServiceSpec newSpec) {
    HighestRandomWeightSpec spec = (HighestRandomWeightSpec) newSpec;
    extras = spec.extras();
    update(spec.children(), spec.isHealthPropagated());
  }

  @Override
  Picking picking(int[] set, int[] inForce) {
    WeightedTurns turns = position.turnsFor(inForce);
    return new Picking(
        turns == null
            ? null
            : hashing.strategy(
                children(), set, inForce, new WeightedRoundRobin(position.tickets(), turns)),
        position.tickets(),
        null,
        HashKey.of(extras, number));
  }

  @Override
  public String kind() {
    return "highestRandomWeight";
  }

  @Override
  public String strategy() {
    return "hrw";
  }
}
