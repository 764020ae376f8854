package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * All that is known of one service, by its name and kind. It stands outside the snapshots and makes
 * its part of each. Thread-safe, except for the methods that are said to be the control thread's.
 */
abstract sealed class ServiceState implements ServiceView
    permits LoadBalancerState, ParentState, MirroringState, FailoverState {
  private final String name;
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder lostCalls = new LongAdder();

  ServiceState(String name) {
    this.name = name;
  }

  /**
   * The state of a new service: the one place that tells the kinds apart.
   *
   * @param firstTicket random, not negative
   * @param surroundings what it works with
   */
  static ServiceState of(ServiceSpec spec, long firstTicket, Surroundings surroundings) {
    if (spec instanceof LoadBalancerSpec loadBalancer) {
      return new LoadBalancerState(loadBalancer, firstTicket, surroundings);
    }
    if (spec instanceof WeightedSpec weighted) {
      return new WeightedState(weighted, firstTicket);
    }
    if (spec instanceof HighestRandomWeightSpec hashed) {
      return new HighestRandomWeightState(hashed, firstTicket);
    }
    if (spec instanceof MirroringSpec mirroring) {
      return new MirroringState(mirroring, surroundings);
    }
    if (spec instanceof FailoverSpec failover) {
      return new FailoverState(failover);
    }
    throw new IllegalArgumentException(
        "service " + spec.name() + ": " + spec.getClass().getSimpleName() + " is not balanced");
  }

  /** False if the spec is of another kind: then it needs a state of its own. */
  abstract boolean isOfKind(ServiceSpec spec);

  /**
   * Takes over a changed configuration of the same kind; what is known of servers that stay is
   * kept. Control thread.
   */
  abstract void configure(ServiceSpec spec);

  /**
   * This service's part of the next snapshot; the same object if nothing that matters changed.
   * Control thread.
   *
   * @param others the other services of that snapshot, by name
   */
  abstract Service snapshot(Function<String, Service> others);

  /** Its own servers, in configured order; index by index those of the newest snapshot. */
  List<ServerState> serverStates() {
    return List.of();
  }

  /** Forgets the sessions that this process remembers. Control thread. */
  void clearSessions() {}

  void exchangeOpened() {
    calls.increment();
  }

  void exchangeFailed() {
    failures.increment();
  }

  void retried() {
    retries.increment();
  }

  /** Nobody holds an attempt any more that has not ended. */
  void attemptLost() {
    lostCalls.increment();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String strategy() {
    return "";
  }

  @Override
  public List<ServerView> servers() {
    return List.copyOf(serverStates());
  }

  @Override
  public long sessionCount() {
    return 0;
  }

  @Override
  public long calls() {
    return calls.sum();
  }

  @Override
  public long failures() {
    return failures.sum();
  }

  @Override
  public long retries() {
    return retries.sum();
  }

  @Override
  public long lostCalls() {
    return lostCalls.sum();
  }

  @Override
  public long mirrorsSent() {
    return 0;
  }

  @Override
  public long mirrorsDropped() {
    return 0;
  }
}
