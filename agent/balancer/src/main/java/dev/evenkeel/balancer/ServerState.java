package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.strategy.ResponseTimes;
import dev.evenkeel.balancer.strategy.TurnDebt;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one server, by its identity: the service's name and the URL. It stands
 * outside the snapshots and lives as long as the configuration names both.
 *
 * <p>Figures are counted by request threads. Everything else is changed by the control thread only
 * and published as one {@link Condition}, which request threads read once more after a snapshot led
 * them here: a snapshot may be older than the change. Thread-safe, except for the methods that are
 * said to be the control thread's.
 */
final class ServerState implements ServerView {
  private static final int NO_OVERRIDE = -1;

  private final LoadBalancerState service;
  private final String url;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LatencyWindows latency = new LatencyWindows();
  private final ResponseTimes times = new ResponseTimes();
  private final TurnDebt turnDebt = new TurnDebt();

  private ServerSpec spec;
  private int weightOverride = NO_OVERRIDE;
  private boolean isFenced;
  private State health;
  private String healthReason;

  private volatile ConfiguredServer server;
  private volatile Condition condition;
  private volatile int effectiveWeight;
  private volatile @Nullable LastProbe lastProbe;

  private record LastProbe(Instant time, String result) {}

  /**
   * What follows from health, fence and weight. Immutable.
   *
   * @param takesNewCalls calls without a session may go here; with {@link State#STARTING} only
   *     where no server that is up is left
   * @param takesSessions calls whose session is bound to this server may go here
   */
  private record Condition(
      State state, String reason, int weight, boolean takesNewCalls, boolean takesSessions) {}

  ServerState(
      LoadBalancerState service, ServerSpec spec, boolean isHostHeaderPassed, boolean hasCheck) {
    this.service = service;
    url = spec.url();
    health = hasCheck ? State.STARTING : State.UP;
    healthReason = hasCheck ? "no probe answered yet" : "";
    server = ConfiguredServer.of(spec, isHostHeaderPassed);
    this.spec = spec;
    condition = condition();
  }

  private Condition condition() {
    boolean isOut = health == State.DOWN;
    boolean isFencedOff = isFenced && !isOut;
    int weight = weightOverride == NO_OVERRIDE ? spec.weight() : weightOverride;
    return new Condition(
        isFencedOff ? State.FENCED : health,
        isFencedOff ? "" : healthReason,
        weight,
        !isOut && !isFenced && weight > 0,
        !isOut);
  }

  /** Takes over the configuration. A server that loses its health check is up. Control thread. */
  void configure(ServerSpec newSpec, boolean isHostHeaderPassed, boolean hasCheck) {
    ConfiguredServer configured = ConfiguredServer.of(newSpec, isHostHeaderPassed);
    if (!configured.equals(server)) {
      server = configured;
    }
    spec = newSpec;
    if (!hasCheck) {
      health = State.UP;
      healthReason = "";
    }
    condition = condition();
  }

  /** A probe was answered; its verdict counts at once. Control thread. */
  void probed(Prober.Result result, Instant time) {
    lastProbe = new LastProbe(time, result.text());
    health = result.isHealthy() ? State.UP : State.DOWN;
    healthReason = result.isHealthy() ? "" : result.text();
    condition = condition();
  }

  /** Control thread. */
  void fence(boolean fenced) {
    isFenced = fenced;
    condition = condition();
  }

  /** Control thread. */
  void setWeight(int weight) {
    weightOverride = weight;
    condition = condition();
  }

  /** Control thread. */
  void resetWeight() {
    weightOverride = NO_OVERRIDE;
    condition = condition();
  }

  /** The snapshot that is about to be published gives this server some weight. Control thread. */
  void weighIn(int newEffectiveWeight) {
    effectiveWeight = newEffectiveWeight;
  }

  /** A window of latencies is full. Control thread. */
  void rotateLatency() {
    latency.rotate();
  }

  /** The configuration in force. Control thread. */
  ServerSpec spec() {
    return spec;
  }

  /** The service that it is a server of. */
  LoadBalancerState owner() {
    return service;
  }

  /** How fast it answers; kept up while its service goes by that. */
  ResponseTimes times() {
    return times;
  }

  /** What it owes to calls without a session. */
  TurnDebt turnDebt() {
    return turnDebt;
  }

  /** What adapters see; the same instance for as long as its configuration stands. */
  ConfiguredServer server() {
    return server;
  }

  boolean takesNewCalls() {
    return condition.takesNewCalls();
  }

  boolean takesSessions() {
    return condition.takesSessions();
  }

  void attemptBegins() {
    inFlight.incrementAndGet();
    calls.increment();
  }

  void headersArrived(long nanos) {
    latency.record(nanos);
  }

  void attemptEnds(boolean isFailure) {
    inFlight.decrementAndGet();
    if (isFailure) {
      failures.increment();
    }
  }

  @Override
  public String service() {
    return service.name();
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public int weight() {
    return condition.weight();
  }

  @Override
  public int effectiveWeight() {
    return effectiveWeight;
  }

  @Override
  public State state() {
    return condition.state();
  }

  @Override
  public String reason() {
    return condition.reason();
  }

  @Override
  public int inFlight() {
    return inFlight.get();
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
  public double latencyMillis(double quantile) {
    return latency.quantileMillis(quantile);
  }

  @Override
  public @Nullable Instant lastProbeTime() {
    LastProbe probe = lastProbe;
    return probe == null ? null : probe.time();
  }

  @Override
  public String lastProbeResult() {
    LastProbe probe = lastProbe;
    return probe == null ? "" : probe.result();
  }

  /** Why it takes no new calls, as messages say it; {@code up} if it does. */
  String standing() {
    Condition now = condition;
    return switch (now.state()) {
      case DOWN -> now.reason().isEmpty() ? "down" : "down: " + now.reason();
      case FENCED -> "fenced";
      case EJECTED -> "ejected";
      case UP -> now.weight() == 0 ? "weight 0" : "up";
      case STARTING -> now.weight() == 0 ? "weight 0" : "starting";
    };
  }

  @Override
  public String toString() {
    return url + " " + standing();
  }
}
