package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.strategy.TurnDebt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service that balances over services by their weights. Thread-safe,
 * except for the methods that are said to be the control thread's.
 */
abstract sealed class ParentState extends ServiceState
    permits WeightedState, HighestRandomWeightState {
  private Map<String, TurnDebt> debts = Map.of();
  private boolean isHealthPropagated;
  private volatile List<ChildSpec> children = List.of();
  private volatile @Nullable WeightedService service;

  ParentState(String name) {
    super(name);
  }

  /** Takes over the children; those that stay keep what they owe. Control thread. */
  void update(List<ChildSpec> newChildren, boolean newIsHealthPropagated) {
    Map<String, TurnDebt> updated = new LinkedHashMap<>();
    for (ChildSpec child : newChildren) {
      TurnDebt known = debts.get(child.name());
      updated.put(child.name(), known == null ? new TurnDebt() : known);
    }
    debts = updated;
    children = newChildren;
    isHealthPropagated = newIsHealthPropagated;
    service = null;
  }

  /**
   * How it picks among its children. Control thread.
   *
   * @param set their weights as configured
   * @param inForce their weights, with 0 for those that take no new calls
   */
  abstract Picking picking(int[] set, int[] inForce);

  @Override
  WeightedService snapshot(Function<String, Service> others) {
    List<Service> built = children().stream().map(others).toList();
    int[] set = children.stream().mapToInt(ChildSpec::weight).toArray();
    int[] weights = set.clone();
    for (int i = 0; isHealthPropagated && i < weights.length; i++) {
      weights[i] = built.get(i).isUp() ? weights[i] : 0;
    }
    WeightedService last = service;
    if (last == null || !last.isMadeOf(built, weights)) {
      List<TurnDebt> inOrder = List.copyOf(debts.values());
      last = new WeightedService(this, built, set, weights, inOrder, picking(set, weights));
      service = last;
    }
    return last;
  }

  @Override
  public List<String> children() {
    return children.stream().map(ChildSpec::name).toList();
  }

  @Override
  public String status() {
    WeightedService newest = service;
    return newest != null && newest.isUp() ? "UP" : "DOWN";
  }
}
