package dev.evenkeel.balancer;

import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.balancer.strategy.Strategy;
import dev.evenkeel.balancer.strategy.WeightedScan;
import dev.evenkeel.balancer.turns.Tickets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that balances over servers, as one snapshot has it. Servers go by their index in here.
 *
 * <p>A sticky session comes first, then the strategy, then a look through all servers that are
 * left. Immutable, except for the live state that it leads to.
 */
final class LoadBalancerService implements Service, Members<ServiceExchange> {
  /** Servers that are up, then servers that are starting. */
  private static final int ROUNDS = 2;

  private final ServiceState state;
  private final List<ServerState> servers;
  private final int[] weights;
  private final @Nullable Strategy strategy;
  private final Tickets tickets;
  private final @Nullable StickyCookie stickyCookie;

  /**
   * One service of a snapshot.
   *
   * @param weights in force, by server; 0 for those that take no new calls
   * @param strategy null while no server takes new calls
   */
  LoadBalancerService(
      ServiceState state,
      List<ServerState> servers,
      int[] weights,
      @Nullable Strategy strategy,
      Tickets tickets,
      @Nullable StickyCookie stickyCookie) {
    this.state = state;
    this.servers = servers;
    this.weights = weights;
    this.strategy = strategy;
    this.tickets = tickets;
    this.stickyCookie = stickyCookie;
  }

  @Override
  public ServiceState state() {
    return state;
  }

  @Override
  public List<ServerState> servers() {
    return servers;
  }

  @Override
  public boolean isUp() {
    return strategy != null;
  }

  @Override
  public boolean readsCookies() {
    return stickyCookie != null;
  }

  /** 0 for a server that takes no new calls. */
  int weight(int server) {
    return weights[server];
  }

  boolean hasWeights(int[] others) {
    return Arrays.equals(weights, others);
  }

  @Override
  public boolean canTake(ServiceExchange exchange) {
    for (int i = 0; i < servers.size(); i++) {
      if (isOpen(exchange, i)) {
        return true;
      }
    }
    return sessionServer(exchange, session(exchange)) != Strategy.NONE;
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    Session session = session(exchange);
    int server = sessionServer(exchange, session);
    if (server == Strategy.NONE) {
      server = pickNew(exchange);
    }
    if (server == Strategy.NONE) {
      return null;
    }
    // Traefik writes the cookie when a server was newly selected or the value is an old form.
    boolean isKept = session != null && session.member() == server && !session.isLegacy();
    if (stickyCookie != null && !isKept) {
      exchange.addSetCookie(stickyCookie.setCookie(server));
    }
    return servers.get(server);
  }

  private int pickNew(ServiceExchange exchange) {
    int server = strategy == null ? Strategy.NONE : strategy.pick(this, exchange);
    return server == Strategy.NONE ? WeightedScan.pick(this, exchange, ROUNDS, tickets) : server;
  }

  private @Nullable Session session(ServiceExchange exchange) {
    return stickyCookie == null ? null : stickyCookie.session(exchange.cookies());
  }

  private int sessionServer(ServiceExchange exchange, @Nullable Session session) {
    if (session == null) {
      return Strategy.NONE;
    }
    ServerState server = servers.get(session.member());
    boolean isOpen = server.takesSessions() && !exchange.hasTried(server);
    return isOpen ? session.member() : Strategy.NONE;
  }

  @Override
  public int size() {
    return servers.size();
  }

  @Override
  public boolean isOpen(ServiceExchange exchange, int member) {
    ServerState server = servers.get(member);
    return server.takesNewCalls() && !exchange.hasTried(server);
  }

  @Override
  public int openWeight(ServiceExchange exchange, int member, int round) {
    ServerState server = servers.get(member);
    State wanted = round == 0 ? State.UP : State.STARTING;
    return isOpen(exchange, member) && server.state() == wanted ? server.weight() : 0;
  }
}
