package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.balancer.strategy.Strategy;
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

  private final LoadBalancerState state;
  private final List<ServerState> servers;
  private final int[] weights;
  private final Picking picking;

  /**
   * One service of a snapshot.
   *
   * @param weights in force, by server; 0 for those that take no new calls
   */
  LoadBalancerService(
      LoadBalancerState state, List<ServerState> servers, int[] weights, Picking picking) {
    this.state = state;
    this.servers = servers;
    this.weights = weights;
    this.picking = picking;
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
    return picking.strategy() != null;
  }

  @Override
  public boolean readsCookies() {
    return picking.readsCookies();
  }

  @Override
  public List<KeySpec> keys() {
    return picking.hashKey().toRead();
  }

  /** Whether calls may stay on a server by a cookie. */
  boolean hasSessions() {
    return picking.stickyCookie() != null;
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
    return sessionServer(exchange, picking.session(exchange)) != Strategy.NONE;
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    Session session = picking.session(exchange);
    int server = sessionServer(exchange, session);
    if (server == Strategy.NONE) {
      server = picking.pickNew(this, exchange, ROUNDS);
    } else {
      servers.get(server).turnDebt().charge(weights[server]);
    }
    if (server == Strategy.NONE) {
      return null;
    }
    picking.bind(exchange, session, server);
    return servers.get(server);
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

  @Override
  public boolean paysTurn(int member) {
    return hasSessions() && servers.get(member).turnDebt().payOff();
  }

  @Override
  public long key(ServiceExchange exchange) {
    return picking.hashKey().of(exchange);
  }
}
