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
  void probed(boolean isGood, String text, HealthRulesSpec rules, long nowNanos) {
    goodInRow = isGood ? goodInRow + 1 : 0;
    badInRow = isGood ? 0 : badInRow + 1;
    if (!isGood) {
      failed(text, rules, nowNanos);
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
    if (mayReturn(nowNanos)) {
      up();
    } else {
      reason = damping.text();
    }
  }

  /**
   * Whether a server that probes speak for again may return now; if not, {@link #settle} says when.
   */
  boolean mayReturn(long nowNanos) {
    boolean mayReturn = damping.mayReturn(nowNanos);
    if (mayReturn) {
      damping.giveUpReturn();
    }
    return mayReturn;
  }

  /** The server went out for another reason than its probes: they count anew from now on. */
  void wentOut(long nowNanos) {
    damping.fell(nowNanos);
    goodInRow = 0;
  }

  /** Whether the last probes are enough good ones in a row. */
  boolean isGood(HealthRulesSpec rules) {
    return goodInRow >= rules.healthyThreshold();
  }

  /**
   * Time has passed: does what was due by now.
   *
   * @return whether a return was held back until now
   */
  boolean settle(long nowNanos) {
    boolean isDue = damping.isDue(nowNanos);
    if (isDue) {
      damping.giveUpReturn();
      up();
    }
    return isDue;
  }

  /** Why a return is held back; empty if none is. */
  String holdReason() {
    return damping.isHolding() ? damping.text() : "";
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
