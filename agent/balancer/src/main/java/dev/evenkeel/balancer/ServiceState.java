package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service, by its name: its servers, its figures and its position in the
 * weighted turns. It stands outside the snapshots and makes its part of each. Thread-safe, except
 * for the methods that are said to be the control thread's.
 */
final class ServiceState implements ServiceView {
  private final String name;
  private final Tickets tickets;
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder retries = new LongAdder();

  private LoadBalancerSpec spec;
  private @Nullable StickyCookie stickyCookie;
  private @Nullable LoadBalancerService service;
  private @Nullable WeightedTurns turns;
  private int[] turnWeights = {};
  private Map<String, ServerState> servers = Map.of();
  private volatile List<ServerState> serversInOrder = List.of();

  private ServiceState(LoadBalancerSpec spec, long firstTicket) {
    name = spec.name();
    tickets = new Tickets(firstTicket);
    this.spec = spec;
    update(spec);
  }

  /**
   * The state of a new service of any kind.
   *
   * @param firstTicket random, not negative
   */
  static ServiceState of(ServiceSpec spec, long firstTicket) {
    return new ServiceState(loadBalancer(spec), firstTicket);
  }

  /** The one place that tells the kinds of services apart. */
  private static LoadBalancerSpec loadBalancer(ServiceSpec spec) {
    if (spec instanceof LoadBalancerSpec loadBalancer) {
      return loadBalancer;
    }
    throw new IllegalArgumentException(
        "service " + spec.name() + ": " + spec.getClass().getSimpleName() + " is not balanced");
  }

  /**
   * Takes over a changed configuration; what is known of servers that stay is kept. Control thread.
   */
  void configure(ServiceSpec newSpec) {
    update(loadBalancer(newSpec));
  }

  private void update(LoadBalancerSpec newSpec) {
    boolean hasCheck = newSpec.healthCheck() != null;
    Map<String, ServerState> updated = new LinkedHashMap<>();
    for (ServerSpec server : newSpec.servers()) {
      ServerState known = servers.get(server.url());
      if (known == null) {
        known = new ServerState(name, server, newSpec.passHostHeader(), hasCheck);
      } else {
        known.configure(server, newSpec.passHostHeader(), hasCheck);
      }
      updated.put(server.url(), known);
    }
    servers = updated;
    serversInOrder = List.copyOf(updated.values());
    stickyCookie =
        newSpec.sticky() == null
            ? null
            : new StickyCookie(newSpec.sticky(), List.copyOf(updated.keySet()));
    spec = newSpec;
    service = null;
  }

  /** The configuration in force. Control thread. */
  LoadBalancerSpec spec() {
    return spec;
  }

  /** Null if the service has no server of this URL. Control thread. */
  @Nullable ServerState server(String url) {
    return servers.get(url);
  }

  /** In configured order; index by index those of the newest snapshot. */
  List<ServerState> serverStates() {
    return serversInOrder;
  }

  /**
   * This service's part of the next snapshot; the same object if nothing that matters changed.
   * Control thread.
   */
  LoadBalancerService snapshot() {
    int[] weights = weightsInForce();
    LoadBalancerService last = service;
    if (last != null && last.hasWeights(weights)) {
      return last;
    }
    for (int i = 0; i < weights.length; i++) {
      serversInOrder.get(i).weighIn(weights[i]);
    }
    service =
        new LoadBalancerService(this, serversInOrder, weights, turnsFor(weights), stickyCookie);
    return service;
  }

  /** Untested servers weigh in only where no tested one takes new calls. */
  private int[] weightsInForce() {
    boolean isAnyUp =
        serversInOrder.stream().anyMatch(s -> s.takesNewCalls() && s.state() == State.UP);
    State wanted = isAnyUp ? State.UP : State.STARTING;
    return serversInOrder.stream()
        .mapToInt(s -> s.takesNewCalls() && s.state() == wanted ? s.weight() : 0)
        .toArray();
  }

  /** Equal weights keep the order of turns; others begin where the last order stands. */
  private @Nullable WeightedTurns turnsFor(int[] weights) {
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      return null;
    }
    WeightedTurns last = turns;
    if (last == null || !Arrays.equals(turnWeights, weights)) {
      long next = tickets.peek();
      double phase = last == null ? 0 : last.phaseAt(next);
      turns = WeightedTurns.of(weights, last == null ? 0 : next, phase);
      turnWeights = weights;
    }
    return turns;
  }

  /** Control thread. */
  void rotateLatency() {
    serversInOrder.forEach(ServerState::rotateLatency);
  }

  Tickets tickets() {
    return tickets;
  }

  void exchangeOpened() {
    calls.increment();
  }

  void exchangeFailed() {
    failures.increment();
  }

  void retried() {
    retries.increment();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "loadBalancer";
  }

  @Override
  public String strategy() {
    return "wrr";
  }

  @Override
  public String status() {
    boolean isUp = serversInOrder.stream().anyMatch(server -> server.effectiveWeight() > 0);
    return isUp ? "UP" : "DOWN";
  }

  @Override
  public List<ServerView> servers() {
    return List.copyOf(serversInOrder);
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
}
