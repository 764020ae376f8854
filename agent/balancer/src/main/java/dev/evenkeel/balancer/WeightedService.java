package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.balancer.strategy.Strategy;
import dev.evenkeel.balancer.strategy.TurnDebt;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service that balances over services, by turns or by hashing, as one snapshot has it. Children
 * go by their index in here.
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
  private final List<TurnDebt> debts;
  private final Picking picking;
  private final List<ServerState> servers;
  private final boolean readsCookies;
  private final List<KeySpec> keys;

  /**
   * One service of a snapshot.
   *
   * @param weights in force, by child; 0 for those that take no new calls
   * @param debts by child
   */
  WeightedService(
      ServiceState state,
      List<Service> children,
      int[] configuredWeights,
      int[] weights,
      List<TurnDebt> debts,
      Picking picking) {
    this.state = state;
    this.children = children;
    this.configuredWeights = configuredWeights;
    this.weights = weights;
    this.debts = debts;
    this.picking = picking;
    servers = children.stream().flatMap(child -> child.servers().stream()).distinct().toList();
    readsCookies = picking.readsCookies() || children.stream().anyMatch(Service::readsCookies);
    keys =
        Stream.concat(
                picking.hashKey().toRead().stream(),
                children.stream().flatMap(child -> child.keys().stream()))
            .distinct()
            .toList();
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

  @Override
  public List<KeySpec> keys() {
    return keys;
  }

  /** Whether calls may stay with a child by a cookie of this service's own. */
  boolean hasSessions() {
    return picking.stickyCookie() != null;
  }

  @Override
  public boolean canTake(ServiceExchange exchange) {
    for (int i = 0; i < children.size(); i++) {
      if (isOpen(exchange, i)) {
        return true;
      }
    }
    return sessionChild(exchange, picking.session(exchange)) != Strategy.NONE;
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    Session session = picking.session(exchange);
    int child = sessionChild(exchange, session);
    if (child == Strategy.NONE) {
      child = picking.pickNew(this, exchange, ROUNDS);
    } else {
      debts.get(child).charge(weights[child]);
    }
    ServerState server = child == Strategy.NONE ? null : children.get(child).pick(exchange);
    if (server == null) {
      return null;
    }
    children.get(child).state().exchangeOpened();
    picking.bind(exchange, session, child);
    return server;
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

  @Override
  public boolean paysTurn(int member) {
    return hasSessions() && debts.get(member).payOff();
  }

  @Override
  public long key(ServiceExchange exchange) {
    return picking.hashKey().of(exchange);
  }
}
