package dev.evenkeel.balancer;

import java.util.Arrays;
import java.util.List;

/**
 * How new calls are shared out over the servers of a service at one moment. Immutable; nobody
 * changes the array.
 *
 * <p>Servers that are up come first; without any, those that are starting; without these, those
 * that are busy. Below the panic threshold all come that are not fenced, whatever their health.
 */
final class Shares {
  /** What the weights stand for while a server has a part of its weight only. */
  private static final int PARTS = 100;

  private final int[] weights;
  private final int scale;
  private final Mode mode;
  private final boolean isUp;

  /** Which servers are open to calls. */
  enum Mode {
    /** Those that take new calls and are not busy. */
    NORMAL,
    /** Those that take new calls: all of them are busy. */
    BUSY,
    /** All that are not fenced. */
    PANIC
  }

  private Shares(int[] weights, int scale, Mode mode, boolean isUp) {
    this.weights = weights;
    this.scale = scale;
    this.mode = mode;
    this.isUp = isUp;
  }

  /**
   * The shares that follow from what servers are.
   *
   * @param panicPercent 0..100
   * @param isWatched a parent goes by the health of the service: while nothing is up, calls are to
   *     go there and not into a panic
   */
  static Shares of(List<ServerState> servers, int panicPercent, boolean isWatched) {
    Condition[] conditions = servers.stream().map(ServerState::condition).toArray(Condition[]::new);
    boolean isUp = Arrays.stream(conditions).anyMatch(Condition::takesNewCalls);
    boolean isPanic = (isUp || !isWatched) && isPanic(conditions, panicPercent);
    int round = firstRound(conditions, isPanic);
    int[] weights = new int[conditions.length];
    boolean isPartial = false;
    for (int i = 0; i < weights.length; i++) {
      Condition condition = conditions[i];
      boolean isIn = isIn(condition, isPanic) && condition.round() == round;
      weights[i] = isIn ? condition.share() : 0;
      isPartial |= isIn && condition.percent() < PARTS;
    }
    if (!isPartial) {
      Arrays.setAll(weights, i -> weights[i] / PARTS);
    }
    Mode mode = isPanic ? Mode.PANIC : round == Condition.BUSY_ROUND ? Mode.BUSY : Mode.NORMAL;
    return new Shares(weights, isPartial ? PARTS : 1, mode, isUp);
  }

  private static boolean isPanic(Condition[] conditions, int panicPercent) {
    long up = 0;
    long all = 0;
    for (Condition condition : conditions) {
      boolean counts = condition.takesCallsInPanic();
      all += counts ? condition.weight() : 0;
      up += counts && condition.takesNewCalls() && !condition.isOnTrial() ? condition.weight() : 0;
    }
    return up * 100 < all * panicPercent;
  }

  private static boolean isIn(Condition condition, boolean isPanic) {
    return isPanic ? condition.takesCallsInPanic() : condition.takesNewCalls();
  }

  private static int firstRound(Condition[] conditions, boolean isPanic) {
    int first = Condition.BUSY_ROUND + 1;
    for (Condition condition : conditions) {
      first = isIn(condition, isPanic) ? Math.min(first, condition.round()) : first;
    }
    return first;
  }

  /**
   * Whether a server may be ejected: as long as no more than a limit is, or as the only one; and in
   * any case another has to be there for its calls, in the service or through a parent.
   *
   * @param percent 0..100, of the weight; 0 lets none go
   * @param isWatched a parent goes by the health of the service
   */
  static boolean mayEject(
      Condition candidate, List<Condition> others, int percent, boolean isWatched) {
    long all = candidate.isFenced() ? 0 : candidate.weight();
    long ejected = all;
    boolean isFirst = true;
    boolean isAnotherThere = false;
    for (Condition other : others) {
      boolean isEjected = other.state() == State.EJECTED;
      all += other.isFenced() ? 0 : other.weight();
      ejected += isEjected && !other.isFenced() ? other.weight() : 0;
      isFirst &= !isEjected;
      isAnotherThere |= other.takesNewCalls() && !other.isOnTrial();
    }
    boolean isWithin = percent > 0 && (isFirst || ejected * 100 <= all * percent);
    return isWithin && (isAnotherThere || isWatched);
  }

  boolean isSame(Shares other) {
    return mode == other.mode
        && isUp == other.isUp
        && scale == other.scale
        && Arrays.equals(weights, other.weights);
  }

  /** By server; 0 for those that take no new calls. */
  int[] weights() {
    return weights;
  }

  /** A server's weight in force, rounded up. */
  int wholeWeight(int server) {
    return (weights[server] + scale - 1) / scale;
  }

  /** What a weight of 1 is in {@link #weights()}: 1, or 100 while a server has only a part. */
  int scale() {
    return scale;
  }

  Mode mode() {
    return mode;
  }

  /** Whether a server takes new calls, panic apart: what a parent goes by. */
  boolean isUp() {
    return isUp;
  }
}
