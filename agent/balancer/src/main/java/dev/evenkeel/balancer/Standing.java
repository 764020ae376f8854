package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;

/**
 * All that speaks for or against one server: its probes, its fence, its weight. Confined to the
 * control thread.
 *
 * <p>A change takes effect with {@link #settle}, which also does what is due by itself and says
 * what follows.
 */
final class Standing {
  /** Nothing changes by itself. */
  static final long NEVER = Health.NEVER;

  private static final int NO_OVERRIDE = -1;

  private final Health health;
  private ServerSpec spec;
  private HealthRulesSpec rules;
  private int weightOverride = NO_OVERRIDE;
  private boolean isFencedInFile;
  private boolean isFenced;

  Standing(ServerSpec spec, LoadBalancerSpec service) {
    health = new Health(service.healthCheck() != null);
    this.spec = spec;
    rules = service.extras().health();
    isFencedInFile = rules.fenced().contains(spec.url());
    isFenced = isFencedInFile;
  }

  /** Takes over the configuration. A server that loses its health check is up. */
  void configure(ServerSpec newSpec, LoadBalancerSpec service) {
    spec = newSpec;
    rules = service.extras().health();
    if (service.healthCheck() == null) {
      health.checkRemoved();
    }
    boolean isNowFencedInFile = rules.fenced().contains(newSpec.url());
    if (isNowFencedInFile != isFencedInFile) {
      isFencedInFile = isNowFencedInFile;
      isFenced = isNowFencedInFile;
    }
  }

  void probed(Prober.Result result, long nowNanos) {
    health.probed(result, rules, nowNanos);
  }

  void fence(boolean fenced) {
    isFenced = fenced;
  }

  void setWeight(int weight) {
    weightOverride = weight;
  }

  void resetWeight() {
    weightOverride = NO_OVERRIDE;
  }

  /** Does what is due by now, and says what follows from everything. */
  Condition settle(long nowNanos) {
    health.settle(nowNanos);
    return condition();
  }

  /** Until something changes by itself; {@link #NEVER} if nothing does. */
  long remainingNanos(long nowNanos) {
    return health.remainingNanos(nowNanos);
  }

  Condition condition() {
    boolean isOut = health.state() == State.DOWN;
    boolean isFencedOff = isFenced && !isOut;
    int weight = weightOverride == NO_OVERRIDE ? spec.weight() : weightOverride;
    String fence = isFencedInFile ? "fenced by the configuration" : "";
    return new Condition(
        isFencedOff ? State.FENCED : health.state(),
        isFencedOff ? fence : health.reason(),
        weight,
        !isOut && !isFenced && weight > 0,
        !isOut);
  }

  ServerSpec spec() {
    return spec;
  }
}
