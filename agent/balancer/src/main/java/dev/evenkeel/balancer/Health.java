package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthRulesSpec;

/**
 * What the probes of one server, counted against thresholds, say of it: the first one decides at
 * once, later ones when enough in a row agree. Confined to the control thread.
 */
final class Health {
  /** Nothing changes by itself. */
  static final long NEVER = Long.MAX_VALUE;

  private final Damping damping = new Damping();
  private State state;
  private String reason;
  private int goodInRow;
  private int badInRow;

  Health(boolean hasCheck) {
    state = hasCheck ? State.STARTING : State.UP;
    reason = hasCheck ? "no probe answered yet" : "";
  }

  /** Nothing is probed any more: the server is up. */
  void checkRemoved() {
    damping.giveUpReturn();
    goodInRow = 0;
    badInRow = 0;
    up();
  }

  /** A probe was answered, or gave no answer in time. */
  void probed(Prober.Result result, HealthRulesSpec rules, long nowNanos) {
    goodInRow = result.isHealthy() ? goodInRow + 1 : 0;
    badInRow = result.isHealthy() ? 0 : badInRow + 1;
    if (!result.isHealthy()) {
      failed(result.text(), rules, nowNanos);
    } else if (state == State.STARTING) {
      up();
    } else if (state == State.DOWN && goodInRow >= rules.healthyThreshold()) {
      comeBack(nowNanos);
    }
  }

  private void failed(String text, HealthRulesSpec rules, long nowNanos) {
    damping.giveUpReturn();
    if (state == State.UP && badInRow >= rules.unhealthyThreshold()) {
      damping.fell(nowNanos);
      down(text);
    } else if (state != State.UP) {
      down(text);
    }
  }

  private void comeBack(long nowNanos) {
    if (damping.mayReturn(nowNanos)) {
      damping.giveUpReturn();
      up();
    } else {
      reason = damping.text();
    }
  }

  /** Time has passed: does what was due by now. */
  void settle(long nowNanos) {
    if (damping.isDue(nowNanos)) {
      comeBack(nowNanos);
    }
  }

  /** Until something changes by itself; {@link #NEVER} if nothing does. */
  long remainingNanos(long nowNanos) {
    return damping.isHolding() ? damping.remainingNanos(nowNanos) : NEVER;
  }

  private void up() {
    state = State.UP;
    reason = "";
  }

  private void down(String text) {
    state = State.DOWN;
    reason = text;
  }

  State state() {
    return state;
  }

  String reason() {
    return reason;
  }
}
