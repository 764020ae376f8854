package dev.evenkeel.balancer;

import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that balances over servers, as one snapshot has it. Servers go by their index in here.
 *
 * <p>A pick draws one ticket and takes the server whose turn it is. A server that the exchange has
 * tried, or that went out since the snapshot was built, gives its turn to the next ticket; after
 * {@value #MAX_EXTRA_TICKETS} more tickets the servers that are left are looked through. Immutable,
 * except for the live state that it leads to.
 */
final class LoadBalancerService {
  static final int NONE = -1;

  private static final int MAX_ATTEMPTS = 3;
  private static final int MAX_EXTRA_TICKETS = 4;

  private final ServiceState state;
  private final List<ServerState> servers;
  private final int[] weights;
  private final @Nullable WeightedTurns turns;
  private final @Nullable StickyCookie stickyCookie;

  /**
   * One service of a snapshot.
   *
   * @param weights in force, by server; 0 for those that take no new calls
   * @param turns null while no server takes new calls
   */
  LoadBalancerService(
      ServiceState state,
      List<ServerState> servers,
      int[] weights,
      @Nullable WeightedTurns turns,
      @Nullable StickyCookie stickyCookie) {
    this.state = state;
    this.servers = servers;
    this.weights = weights;
    this.turns = turns;
    this.stickyCookie = stickyCookie;
  }

  /** The live state that outlives this snapshot. */
  ServiceState state() {
    return state;
  }

  List<ServerState> servers() {
    return servers;
  }

  /** 0 for a server that takes no new calls. */
  int weight(int server) {
    return weights[server];
  }

  boolean hasWeights(int[] others) {
    return Arrays.equals(weights, others);
  }

  /** Null if the service has no sticky sessions. */
  @Nullable StickyCookie stickyCookie() {
    return stickyCookie;
  }

  int maxAttempts() {
    return Math.min(servers.size(), MAX_ATTEMPTS);
  }

  /** A server that the exchange has not tried, or {@link #NONE}. */
  int pick(ServiceExchange exchange) {
    for (int tickets = 0; turns != null && tickets <= MAX_EXTRA_TICKETS; tickets++) {
      int server = state.tickets().next(turns);
      if (!exchange.hasTried(server) && servers.get(server).takesNewCalls()) {
        return server;
      }
    }
    int server = scan(exchange, State.UP);
    return server == NONE ? scan(exchange, State.STARTING) : server;
  }

  /**
   * One of the servers in a state, in proportion to their weights: were it always the next one, a
   * dead server with most of the turns would hand them all to its neighbour.
   */
  private int scan(ServiceExchange exchange, State wanted) {
    long total = 0;
    for (int i = 0; i < servers.size(); i++) {
      total += openWeight(exchange, i, wanted);
    }
    long place = state.tickets().spread(total);
    int last = NONE;
    for (int i = 0; i < servers.size() && place >= 0; i++) {
      int weight = openWeight(exchange, i, wanted);
      last = weight > 0 ? i : last;
      place -= weight;
    }
    return last;
  }

  private int openWeight(ServiceExchange exchange, int index, State wanted) {
    ServerState server = servers.get(index);
    boolean isOpen =
        !exchange.hasTried(index) && server.takesNewCalls() && server.state() == wanted;
    return isOpen ? server.weight() : 0;
  }
}
