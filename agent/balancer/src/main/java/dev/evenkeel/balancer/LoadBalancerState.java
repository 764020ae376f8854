package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.SessionSpec;
import dev.evenkeel.balancer.spec.StrategySpec;
import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.strategy.Hashing;
import dev.evenkeel.balancer.strategy.LeastTime;
import dev.evenkeel.balancer.strategy.Loads;
import dev.evenkeel.balancer.strategy.Position;
import dev.evenkeel.balancer.strategy.PowerOfTwoChoices;
import dev.evenkeel.balancer.strategy.Strategy;
import dev.evenkeel.balancer.strategy.WeightedRoundRobin;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service that balances over servers: the servers, and its position in the
 * weighted turns. Thread-safe, except for the methods that are said to be the control thread's.
 */
final class LoadBalancerState extends ServiceState {
  private final Position position;
  private final Hashing hashing = new Hashing();
  private final TypicalTime typicalTime = new TypicalTime();
  private final Ticker ticker;
  private final OpenAttempts open;
  private final BalancerListener listener;
  private final long number;
  private final ServerEvents events;
  private final Executor background;

  private boolean isWatched;
  private LoadBalancerSpec spec;
  private @Nullable StickyCookie stickyCookie;
  private @Nullable LoadBalancerService service;
  private Map<String, ServerState> servers = Map.of();
  private volatile List<ServerState> serversInOrder = List.of();
  private volatile StrategySpec strategy;
  private volatile @Nullable SessionTable sessions;
  private volatile Shares.Mode mode = Shares.Mode.NORMAL;

  LoadBalancerState(LoadBalancerSpec spec, long firstTicket, Surroundings surroundings) {
    super(spec.name());
    background = surroundings.background();
    events = surroundings.events();
    position = new Position(firstTicket);
    number = firstTicket;
    ticker = surroundings.ticker();
    open = surroundings.open();
    listener = surroundings.listener();
    this.spec = spec;
    strategy = spec.strategy();
    update(spec);
  }

  @Override
  boolean isOfKind(ServiceSpec other) {
    return other instanceof LoadBalancerSpec;
  }

  @Override
  void configure(ServiceSpec newSpec) {
    update((LoadBalancerSpec) newSpec);
  }

  private void update(LoadBalancerSpec newSpec) {
    Map<String, ServerState> updated = new LinkedHashMap<>();
    for (ServerSpec server : newSpec.servers()) {
      ServerState known = servers.get(server.url());
      if (known == null) {
        known = new ServerState(this, server, newSpec, events);
      } else {
        known.configure(server, newSpec);
      }
      updated.put(server.url(), known);
    }
    servers = updated;
    serversInOrder = List.copyOf(updated.values());
    for (int i = 0; i < serversInOrder.size(); i++) {
      serversInOrder.get(i).place(i);
    }
    sessions = sessions(newSpec.extras().sessions());
    stickyCookie =
        newSpec.sticky() == null || newSpec.strategy() == StrategySpec.HRW
            ? null
            : new StickyCookie(newSpec.sticky(), List.copyOf(updated.keySet()));
    spec = newSpec;
    strategy = newSpec.strategy();
    service = null;
    typicalTime.measure(serversInOrder);
  }

  /** Sessions outlive a change of everything but of what tells them apart. */
  private @Nullable SessionTable sessions(@Nullable SessionSpec wanted) {
    SessionTable known = sessions;
    if (wanted == null) {
      return null;
    }
    if (known == null || !known.configure(wanted)) {
      return new SessionTable(wanted, ticker, background, number);
    }
    return known;
  }

  /** Null without sticky sessions that this process remembers. */
  @Nullable SessionTable sessions() {
    return sessions;
  }

  Ticker ticker() {
    return ticker;
  }

  /** The attempts under way, those of other services among them. */
  OpenAttempts open() {
    return open;
  }

  /** Hears what is to be said of the service. */
  BalancerListener listener() {
    return listener;
  }

  /** The configuration in force. Control thread. */
  LoadBalancerSpec spec() {
    return spec;
  }

  /** Null if the service has no server of this URL. Control thread. */
  @Nullable ServerState server(String url) {
    return servers.get(url);
  }

  @Override
  List<ServerState> serverStates() {
    return serversInOrder;
  }

  @Override
  LoadBalancerService snapshot(Function<String, Service> others) {
    Shares shares = Shares.of(serversInOrder, spec.extras().health().panicPercent(), isWatched);
    LoadBalancerService last = service;
    if (last != null && last.hasShares(shares)) {
      return last;
    }
    int[] weights = shares.weights();
    for (int i = 0; i < weights.length; i++) {
      serversInOrder.get(i).weighIn((double) weights[i] / shares.scale());
    }
    service = new LoadBalancerService(this, serversInOrder, shares, picking(weights), sessions);
    mode = shares.mode();
    return service;
  }

  private Picking picking(int[] weights) {
    boolean isHashing = strategy == StrategySpec.HRW;
    return new Picking(
        strategyFor(weights),
        position.tickets(),
        stickyCookie,
        isHashing ? HashKey.of(spec.extras(), number) : HashKey.NONE);
  }

  private @Nullable Strategy strategyFor(int[] weights) {
    WeightedTurns turns = position.turnsFor(weights);
    if (turns == null) {
      return null;
    }
    Tickets tickets = position.tickets();
    Loads loads = new ServerLoads(this, serversInOrder, ticker);
    return switch (strategy) {
      case WRR -> new WeightedRoundRobin(tickets, turns);
      case P2C -> new PowerOfTwoChoices(tickets, turns, weights, loads);
      case LEASTTIME -> new LeastTime(tickets, turns, weights, loads);
      case HRW -> hashing(weights, new WeightedRoundRobin(tickets, turns));
    };
  }

  private Strategy hashing(int[] weights, Strategy withoutKey) {
    List<String> urls = serversInOrder.stream().map(ServerState::url).toList();
    int[] set = serversInOrder.stream().mapToInt(ServerState::weight).toArray();
    return hashing.strategy(urls, set, weights, withoutKey);
  }

  /** Whether attempts are to keep up the {@link ServerState#times()}. */
  boolean goesByTimes() {
    return strategy == StrategySpec.LEASTTIME;
  }

  /** As {@link Loads#typicalNanos}. */
  long typicalNanos() {
    return typicalTime.nanos();
  }

  /** As {@link TypicalTime#penaltyNanos}. */
  long penaltyNanos() {
    return typicalTime.penaltyNanos();
  }

  /** A parent goes by the health of this service, and has another to go to. Control thread. */
  void watched(boolean watched) {
    isWatched = watched;
  }

  /**
   * Whether a server may be put aside for failed calls, with a view to the others. Control thread.
   */
  boolean mayEject(ServerState candidate) {
    int limit = spec.extras().health().maxEjectedPercent();
    return limit == 100
        || Shares.mayEject(candidate.condition(), othersThan(candidate), limit, isWatched);
  }

  private List<Condition> othersThan(ServerState candidate) {
    return serversInOrder.stream()
        .filter(server -> server != candidate)
        .map(ServerState::condition)
        .toList();
  }

  /** Control thread. */
  void rotateLatency() {
    serversInOrder.forEach(ServerState::rotateLatency);
    typicalTime.measure(serversInOrder);
    SessionTable known = sessions;
    if (known != null) {
      known.cleanUp();
    }
  }

  @Override
  public long sessionCount() {
    SessionTable known = sessions;
    return known == null ? 0 : known.size();
  }

  @Override
  void clearSessions() {
    SessionTable known = sessions;
    if (known != null) {
      known.clear();
    }
  }

  @Override
  public String kind() {
    return "loadBalancer";
  }

  @Override
  public String strategy() {
    return strategy.text();
  }

  @Override
  public List<String> children() {
    return List.of();
  }

  @Override
  public String status() {
    if (mode == Shares.Mode.PANIC) {
      return "PANIC";
    }
    boolean isUp = serversInOrder.stream().anyMatch(server -> server.effectiveWeight() > 0);
    return isUp ? "UP" : "DOWN";
  }
}
