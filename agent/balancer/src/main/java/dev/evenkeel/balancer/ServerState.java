package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.strategy.ResponseTimes;
import dev.evenkeel.balancer.strategy.TurnDebt;
import java.time.Duration;
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
  private final LoadBalancerState service;
  private final String url;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LatencyWindows latency = new LatencyWindows();
  private final ResponseTimes times = new ResponseTimes();
  private final TurnDebt turnDebt = new TurnDebt();
  private final CallVerdicts verdicts;

  private final Standing standing;

  private volatile int index;
  private volatile ConfiguredServer server;
  private volatile Condition condition;
  private volatile double effectiveWeight;
  private volatile @Nullable LastProbe lastProbe;
  private volatile Fence.@Nullable Deadline drainDeadline;

  private record LastProbe(Instant time, String result) {}

  ServerState(
      LoadBalancerState owner, ServerSpec spec, LoadBalancerSpec service, ServerEvents events) {
    this.service = owner;
    url = spec.url();
    server = ConfiguredServer.of(spec, service.passHostHeader());
    verdicts = new CallVerdicts(this, events);
    verdicts.configure(service);
    standing = new Standing(spec, service, owner.ticker().nanos());
    condition = standing.condition();
  }

  /** Takes over the configuration; {@link #settle} puts it in force. Control thread. */
  void configure(ServerSpec spec, LoadBalancerSpec newService) {
    ConfiguredServer configured = ConfiguredServer.of(spec, newService.passHostHeader());
    if (!configured.equals(server)) {
      server = configured;
    }
    verdicts.configure(newService);
    standing.configure(spec, newService, service.ticker().nanos());
  }

  /**
   * Puts in force what has changed, and what is due by itself. Control thread.
   *
   * @return nanoseconds until something is due by itself; {@link Standing#NEVER} if nothing is
   */
  long settle(long nowNanos) {
    int trials = standing.trials();
    condition = standing.settle(nowNanos);
    drainDeadline = standing.fences().deadline();
    if (standing.trials() != trials) {
      verdicts.freeTrial();
    }
    return standing.remainingNanos(nowNanos);
  }

  /** Calls failed in a row. Control thread. */
  void callsFailed(String cause, long nowNanos, double chance) {
    verdicts.readFailure();
    if (condition.takesSessions() && service.mayEject(this)) {
      verdicts.forgetFailures();
      standing.eject(cause, nowNanos, chance);
    }
  }

  /** The call that tried it is decided. Control thread. */
  void trialEnded(@Nullable String failure, long nowNanos, double chance) {
    verdicts.forgetFailures();
    standing.trialEnded(failure, nowNanos, chance);
  }

  /** What is known of it, to be changed before {@link #settle}. Control thread. */
  Standing standing() {
    return standing;
  }

  /** A probe was answered. Control thread. */
  void probed(Prober.Result result, long startNanos, long nowNanos, Instant time) {
    lastProbe = new LastProbe(time, result.text());
    standing.probed(result, startNanos, nowNanos, time);
  }

  /** It said that it is busy. Control thread. */
  void saidBusy(long nowNanos, Instant time) {
    CallVerdicts.BusyAnswer answer = verdicts.takeBusyAnswer();
    if (answer != null) {
      standing.saidBusy(answer, nowNanos, time);
    }
  }

  /** The snapshot that is about to be published gives this server some weight. Control thread. */
  void weighIn(double newEffectiveWeight) {
    effectiveWeight = newEffectiveWeight;
  }

  /** A window of latencies is full. Control thread. */
  void rotateLatency() {
    latency.rotate();
  }

  /** The configuration in force. Control thread. */
  ServerSpec spec() {
    return standing.spec();
  }

  /** Its index among the servers of its service. Control thread. */
  void place(int newIndex) {
    index = newIndex;
  }

  /** Its index in the newest configuration; a snapshot may be older. */
  int index() {
    return index;
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

  /** Whether a call without a session may go here, as a snapshot's way of sharing out has it. */
  boolean isOpen(Shares.Mode mode) {
    Condition now = condition;
    return switch (mode) {
      case NORMAL -> isOpenTo(now) && !now.isBusy();
      case BUSY -> isOpenTo(now);
      case PANIC -> now.takesCallsInPanic();
    };
  }

  private boolean isOpenTo(Condition now) {
    return now.takesNewCalls() && !(now.isOnTrial() && verdicts.isTrialTaken());
  }

  /** Whether a call whose session is bound to it may go here. */
  boolean takesSessions(Shares.Mode mode) {
    Condition now = condition;
    return mode == Shares.Mode.PANIC ? now.takesSessionsInPanic() : now.takesSessions();
  }

  /** Asked once for the call that was given this server: while it is on trial, one at a time. */
  boolean admits(Shares.Mode mode) {
    return !condition.isOnTrial() || mode == Shares.Mode.PANIC || verdicts.takesTrial();
  }

  CallVerdicts verdicts() {
    return verdicts;
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
  public double effectiveWeight() {
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
  public @Nullable Duration drainRemaining() {
    Fence.Deadline deadline = drainDeadline;
    if (deadline == null) {
      return null;
    }
    // Sessions stay until the control thread has said otherwise: none remains only then.
    long leastNanos = condition.isDrained() ? 0 : 1;
    return Duration.ofNanos(
        Math.max(leastNanos, deadline.remainingNanos(service.ticker().nanos())));
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

  /** What follows from all that is known of it. */
  Condition condition() {
    return condition;
  }

  @Override
  public String toString() {
    return url + " " + condition.standing();
  }
}
