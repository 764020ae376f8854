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
 * A service that balances over services, as one snapshot has it. Children go by their index in
 * here.
 *
 * <p>A child that has no server for a call is passed over, also where its health is not propagated:
 * the call would fail there, while a sibling has a server. Immutable, except for the live state
 * that it leads to.
 */
final class WeightedService implements Service, Members<ServiceExchange> {
  private static final int ROUNDS = 1;

  private final ServiceState state;
  private final List<Service> children;
  private final int[] configuredWeights;
  private final int[] weights;
  private final @Nullable Strategy strategy;
  private final Tickets tickets;
  private final @Nullable StickyCookie stickyCookie;
  private final List<ServerState> servers;
  private final boolean readsCookies;

  /**
   * One service of a snapshot.
   *
   * @param weights in force, by child; 0 for those that take no new calls
   * @param strategy null while no child takes new calls
   */
  WeightedService(
      ServiceState state,
      List<Service> children,
      int[] configuredWeights,
      int[] weights,
      @Nullable Strategy strategy,
      Tickets tickets,
      @Nullable StickyCookie stickyCookie) {
    this.state = state;
    this.children = children;
    this.configuredWeights = configuredWeights;
    this.weights = weights;
    this.strategy = strategy;
    this.tickets = tickets;
    this.stickyCookie = stickyCookie;
    servers = children.stream().flatMap(child -> child.servers().stream()).distinct().toList();
    readsCookies = stickyCookie != null || children.stream().anyMatch(Service::readsCookies);
  }

  boolean isMadeOf(List<Service> otherChildren, int[] otherWeights) {
    return children.equals(otherChildren) && Arrays.equals(weights, otherWeights);
  }

  @Override
  public ServiceState state() {
    return state;
  }

  List<Service> children() {
    return children;
  }

  /** 0 for a child that takes no new calls. */
  int weight(int child) {
    return weights[child];
  }

  @Override
  public List<ServerState> servers() {
    return servers;
  }

  @Override
  public boolean isUp() {
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && children.get(i).isUp()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean readsCookies() {
    return readsCookies;
  }

  /** Null if the service has no sticky sessions of its own. */
  @Nullable StickyCookie stickyCookie() {
    return stickyCookie;
  }

  @Override
  public boolean canTake(ServiceExchange exchange) {
    for (int i = 0; i < children.size(); i++) {
      if (isOpen(exchange, i)) {
        return true;
      }
    }
    return sessionChild(exchange, session(exchange)) != Strategy.NONE;
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    Session session = session(exchange);
    int child = sessionChild(exchange, session);
    if (child == Strategy.NONE) {
      child = pickNew(exchange);
    }
    ServerState server = child == Strategy.NONE ? null : children.get(child).pick(exchange);
    if (server == null) {
      return null;
    }
    children.get(child).state().exchangeOpened();
    boolean isKept = session != null && session.member() == child && !session.isLegacy();
    if (stickyCookie != null && !isKept) {
      exchange.addSetCookie(stickyCookie.setCookie(child));
    }
    return server;
  }

  private int pickNew(ServiceExchange exchange) {
    int child = strategy == null ? Strategy.NONE : strategy.pick(this, exchange);
    return child == Strategy.NONE ? WeightedScan.pick(this, exchange, ROUNDS, tickets) : child;
  }

  private @Nullable Session session(ServiceExchange exchange) {
    return stickyCookie == null ? null : stickyCookie.session(exchange.cookies());
  }

  /** A child of weight 0 keeps the sessions that it has. */
  private int sessionChild(ServiceExchange exchange, @Nullable Session session) {
    if (session == null || !children.get(session.member()).canTake(exchange)) {
      return Strategy.NONE;
    }
    return session.member();
  }

  @Override
  public int size() {
    return children.size();
  }

  @Override
  public boolean isOpen(ServiceExchange exchange, int member) {
    return configuredWeights[member] > 0 && children.get(member).canTake(exchange);
  }

  @Override
  public int openWeight(ServiceExchange exchange, int member, int round) {
    return isOpen(exchange, member) ? configuredWeights[member] : 0;
  }
}
