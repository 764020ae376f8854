package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.balancer.strategy.Strategy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service that balances over servers, as one snapshot has it. Servers go by their index in here.
 *
 * <p>A sticky session comes first, then the strategy, then a look through all servers that are
 * left. Immutable, except for the live state that it leads to.
 */
final class LoadBalancerService implements Service, Members<ServiceExchange> {
  /** Servers that are up, then servers that are starting, then servers that are busy. */
  private static final int ROUNDS = 3;

  private static final int MOST_LOST_TRIALS = 8;

  private final LoadBalancerState state;
  private final List<ServerState> servers;
  private final Shares shares;
  private final Picking picking;
  private final @Nullable SessionTable sessions;
  private final List<KeySpec> keys;

  /**
   * One service of a snapshot.
   *
   * @param shares the weights in force, by server
   * @param sessions null without sessions that this process remembers
   */
  LoadBalancerService(
      LoadBalancerState state,
      List<ServerState> servers,
      Shares shares,
      Picking picking,
      @Nullable SessionTable sessions) {
    this.state = state;
    this.servers = servers;
    this.shares = shares;
    this.picking = picking;
    this.sessions = sessions;
    List<KeySpec> ofSessions = sessions == null ? List.of() : sessions.toRead();
    keys =
        Stream.concat(picking.hashKey().toRead().stream(), ofSessions.stream()).distinct().toList();
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
    return shares.isUp();
  }

  @Override
  public boolean readsCookies() {
    return picking.readsCookies() || (sessions != null && sessions.readsCookies());
  }

  @Override
  public List<KeySpec> keys() {
    return keys;
  }

  /** Whether calls may stay on a server. */
  boolean hasSessions() {
    return picking.stickyCookie() != null || sessions != null;
  }

  /** 0 for a server that takes no new calls. */
  int weight(int server) {
    return shares.weights()[server];
  }

  Shares shares() {
    return shares;
  }

  boolean hasShares(Shares others) {
    return shares.isSame(others);
  }

  @Override
  public boolean canTake(ServiceExchange exchange) {
    for (int i = 0; i < servers.size(); i++) {
      if (isOpenIn(inNeed(), exchange, i)) {
        return true;
      }
    }
    return sessionServer(exchange, picking.session(exchange)) != Strategy.NONE
        || rememberedServer(exchange) != Strategy.NONE;
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    Session session = picking.session(exchange);
    int server = sessionServer(exchange, session);
    if (server == Strategy.NONE) {
      server = rememberedServer(exchange);
    }
    if (server == Strategy.NONE) {
      server = pickNew(exchange);
      remember(exchange, server);
    } else {
      servers.get(server).turnDebt().charge(shares.wholeWeight(server));
    }
    if (server == Strategy.NONE) {
      return null;
    }
    picking.bind(exchange, session, server);
    return servers.get(server);
  }

  /** A server on trial takes one call at a time; who comes second goes elsewhere. */
  private int pickNew(ServiceExchange exchange) {
    int server = picking.pickNew(this, exchange, ROUNDS);
    for (int lost = 0; lost < MOST_LOST_TRIALS && !isAdmitted(server); lost++) {
      server = picking.pickNew(this, exchange, ROUNDS);
    }
    return server;
  }

  private boolean isAdmitted(int server) {
    return server == Strategy.NONE || servers.get(server).admits(shares.mode());
  }

  private int sessionServer(ServiceExchange exchange, @Nullable Session session) {
    if (session == null) {
      return Strategy.NONE;
    }
    ServerState server = servers.get(session.member());
    boolean isOpen = server.takesSessions(shares.mode()) && !exchange.hasTried(server);
    return isOpen ? session.member() : Strategy.NONE;
  }

  private int rememberedServer(ServiceExchange exchange) {
    ServerState server = sessions == null ? null : sessions.server(exchange);
    if (server == null || !server.takesSessions(shares.mode()) || exchange.hasTried(server)) {
      return Strategy.NONE;
    }
    int index = server.index();
    boolean isThere = index < servers.size() && servers.get(index) == server;
    // Indexes are those of the newest configuration, which may not be this snapshot's yet.
    return isThere ? index : servers.indexOf(server);
  }

  private void remember(ServiceExchange exchange, int server) {
    if (sessions != null && server != Strategy.NONE) {
      sessions.bind(exchange, servers.get(server));
    }
  }

  @Override
  public int size() {
    return servers.size();
  }

  @Override
  public boolean isOpen(ServiceExchange exchange, int member) {
    return isOpenIn(shares.mode(), exchange, member);
  }

  private boolean isOpenIn(Shares.Mode mode, ServiceExchange exchange, int member) {
    ServerState server = servers.get(member);
    return server.isOpen(mode) && !exchange.hasTried(server);
  }

  @Override
  public int openWeight(ServiceExchange exchange, int member, int round) {
    Condition condition = servers.get(member).condition();
    boolean isOfRound = condition.round() == round && isOpenIn(inNeed(), exchange, member);
    return isOfRound ? condition.share() : 0;
  }

  /** Whom a call may go to before it fails: those that are busy too. */
  private Shares.Mode inNeed() {
    return shares.mode() == Shares.Mode.NORMAL ? Shares.Mode.BUSY : shares.mode();
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
