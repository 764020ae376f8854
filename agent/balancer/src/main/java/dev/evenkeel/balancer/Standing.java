package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.SaturationSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that speaks for or against one server: its probes, its calls, its own words, its fences, its
 * weight. Confined to the control thread.
 *
 * <p>A change takes effect with {@link #settle}, which also does what is due by itself and says
 * what follows.
 */
final class Standing {
  /** Nothing changes by itself. */
  static final long NEVER = Health.NEVER;

  private static final int NO_OVERRIDE = -1;

  private final Health health;
  private final Ejection ejection = new Ejection();
  private final Busy busy = new Busy();
  private final Busy busyAtProbes = new Busy();
  private final OwnWord ownWord = new OwnWord();
  private final Fences fences;
  private final SlowStart slowStart = new SlowStart();
  private ServerSpec spec;
  private HealthRulesSpec rules;
  private int weightOverride = NO_OVERRIDE;
  private boolean wasOut;
  private boolean isListening;

  Standing(ServerSpec spec, LoadBalancerSpec service, long nowNanos) {
    health = new Health(service.healthCheck() != null);
    this.spec = spec;
    rules = service.extras().health();
    fences = new Fences(spec.url(), ownWord);
    fences.configure(rules, nowNanos);
    isListening = isListening(service);
    ejection.configure(service.passiveHealthCheck(), service.healthCheck() != null);
  }

  private static boolean isListening(LoadBalancerSpec service) {
    HealthCheckSpec check = service.healthCheck();
    return check != null && check.weightHeader() != null;
  }

  /** Takes over the configuration. A server that loses its health check is up. */
  void configure(ServerSpec newSpec, LoadBalancerSpec service, long nowNanos) {
    spec = newSpec;
    rules = service.extras().health();
    boolean isProbed = service.healthCheck() != null;
    if (!isProbed) {
      health.checkRemoved();
    }
    isListening = isListening(service);
    if (!isListening) {
      ownWord.forget();
    }
    if (rules.saturation() == null) {
      busy.end();
    }
    if (rules.saturation() == null || !isProbed) {
      busyAtProbes.end();
    }
    if (rules.slowStart().isZero()) {
      slowStart.end();
    }
    ejection.configure(service.passiveHealthCheck(), isProbed);
    fences.configure(rules, nowNanos);
  }

  /**
   * A probe was answered, or gave no answer in time. A good one that began before the server was
   * ejected says nothing of what it is now; a server that says it is busy is well. One that says so
   * no longer takes back what it said to probes, and not what it said to calls: those may know of
   * limits that the probe's path does not.
   */
  void probed(Prober.Result result, long startNanos, long nowNanos, Instant now) {
    boolean isBusy = isBusy(result.answer(), nowNanos, now);
    boolean isGood = isBusy || result.isHealthy();
    if (isGood && !isBusy) {
      busyAtProbes.end();
    }
    if (isGood && isListening) {
      hear(result.answer(), nowNanos);
    }
    if (!isGood || !ejection.isLaterThan(startNanos)) {
      health.probed(isGood, result.text(), rules, nowNanos);
      endEjection(isGood, nowNanos);
    }
  }

  private boolean isBusy(Prober.@Nullable Answer answer, long nowNanos, Instant now) {
    SaturationSpec saturation = rules.saturation();
    if (answer == null || saturation == null || !saturation.statuses().contains(answer.status())) {
      return false;
    }
    busyAtProbes.said(
        "probe answered " + answer.status(), answer.retryAfter(), saturation, nowNanos, now);
    return true;
  }

  private void hear(Prober.@Nullable Answer answer, long nowNanos) {
    if (answer != null) {
      ownWord.said(answer.ownWord(), nowNanos);
    }
  }

  /** A server that its probes took down returns as they say. */
  private void endEjection(boolean isGood, long nowNanos) {
    boolean isDown = health.state() == State.DOWN;
    boolean isBack =
        isGood && ejection.isUntilProbe() && health.isGood(rules) && health.mayReturn(nowNanos);
    if (ejection.isOut() && (isDown || isBack)) {
      ejection.end(nowNanos);
    }
  }

  void eject(String cause, long nowNanos, double chance) {
    health.wentOut(nowNanos);
    ejection.eject(cause, nowNanos, chance);
  }

  /**
   * The call that tried the server is decided.
   *
   * @param failure null if it passed
   */
  void trialEnded(@Nullable String failure, long nowNanos, double chance) {
    if (failure != null) {
      ejection.trialFailed(failure, nowNanos, chance);
    } else if (ejection.isOnTrial()) {
      ejection.end(nowNanos);
    }
  }

  void saidBusy(CallVerdicts.BusyAnswer answer, long nowNanos, Instant now) {
    SaturationSpec saturation = rules.saturation();
    if (saturation != null) {
      busy.said("answered " + answer.status(), answer.retryAfter(), saturation, nowNanos, now);
    }
  }

  /** What people may put up and take down. */
  Fences fences() {
    return fences;
  }

  void setWeight(int weight) {
    weightOverride = weight;
  }

  void resetWeight() {
    weightOverride = NO_OVERRIDE;
  }

  /** Does what is due by now, and says what follows from everything. */
  Condition settle(long nowNanos) {
    if (health.settle(nowNanos) && ejection.isOut()) {
      ejection.end(nowNanos);
    }
    ejection.settle(nowNanos);
    busy.settle(nowNanos);
    busyAtProbes.settle(nowNanos);
    fences.settle(nowNanos);
    State state = state();
    if (wasOut && state == State.UP) {
      slowStart.begin(rules.slowStart(), nowNanos);
    }
    wasOut = state != State.UP && state != State.STARTING;
    slowStart.settle(nowNanos);
    return condition();
  }

  /** Until something changes by itself; {@link #NEVER} if nothing does. */
  long remainingNanos(long nowNanos) {
    long outer = Math.min(health.remainingNanos(nowNanos), ejection.remainingNanos(nowNanos));
    long inner = Math.min(busyNanos(nowNanos), slowStart.remainingNanos(nowNanos));
    return Math.min(fences.remainingNanos(nowNanos), Math.min(outer, inner));
  }

  private long busyNanos(long nowNanos) {
    return Math.min(busy.remainingNanos(nowNanos), busyAtProbes.remainingNanos(nowNanos));
  }

  /** Grows with every call that may try it. */
  int trials() {
    return ejection.trials();
  }

  private State state() {
    if (health.state() == State.DOWN) {
      return State.DOWN;
    }
    if (ejection.isOut()) {
      return State.EJECTED;
    }
    return fences.isUp() ? State.FENCED : health.state();
  }

  Condition condition() {
    int weight = weightOverride == NO_OVERRIDE ? spec.weight() : weightOverride;
    State state = state();
    return new Condition(
        state,
        reason(state),
        weight,
        Math.max(1, slowStart.percent() * ownWord.percent() / 100),
        fences.isUp(),
        fences.isDrained(),
        isBusy(),
        state == State.EJECTED && ejection.isOnTrial());
  }

  private String reason(State state) {
    return switch (state) {
      case DOWN -> health.reason();
      case STARTING -> both(health.reason(), busyReason());
      case EJECTED -> both(ejection.reason(), health.holdReason());
      case FENCED -> fences.reason();
      case UP -> isBusy() ? busyReason() : both(slowStart.reason(), ownWord.reason());
    };
  }

  private boolean isBusy() {
    return busy.isBusy() || busyAtProbes.isBusy();
  }

  private String busyReason() {
    return busy.isBusy() ? busy.reason() : busyAtProbes.reason();
  }

  private static String both(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }

  ServerSpec spec() {
    return spec;
  }
}
