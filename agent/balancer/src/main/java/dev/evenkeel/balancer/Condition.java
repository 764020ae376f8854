package dev.evenkeel.balancer;

/**
 * What follows, for one server, from all that is known of it. Immutable.
 *
 * @param reason why it is in this state; empty if there is nothing to say
 * @param weight the weight asked for
 * @param percent 1..100: how much of the weight it has
 * @param isFenced takes no new sessions, whatever its state
 * @param isDrained and none of its old sessions either: they move
 * @param isBusy takes new calls only where no other server does
 * @param isOnTrial ejected, but one call at a time may try it
 */
record Condition(
    State state,
    String reason,
    int weight,
    int percent,
    boolean isFenced,
    boolean isDrained,
    boolean isBusy,
    boolean isOnTrial) {
  /** The last {@link #round}. */
  static final int BUSY_ROUND = 2;

  /**
   * Calls without a session may go here; with {@link State#STARTING}, or when it is busy, only
   * where no other server is left.
   */
  boolean takesNewCalls() {
    return takesCallsInPanic() && (takesSessions() || isOnTrial);
  }

  /** Calls without a session may go here once health is ignored. */
  boolean takesCallsInPanic() {
    return !isFenced && weight > 0;
  }

  /** Calls whose session is bound to this server may go here. */
  boolean takesSessions() {
    return state != State.DOWN && state != State.EJECTED && !isDrained;
  }

  /** Calls whose session is bound to this server may go here once health is ignored. */
  boolean takesSessionsInPanic() {
    return !isDrained;
  }

  /** When it is asked: 0 as one of the first, 1 if those take no call, 2 in need. */
  int round() {
    if (isBusy) {
      return BUSY_ROUND;
    }
    return state == State.STARTING ? 1 : 0;
  }

  /** The weight it has, in hundredths. */
  int share() {
    return weight * percent;
  }

  /** Why it takes no new calls, as messages say it; {@code up} if it does. */
  String standing() {
    return switch (state) {
      case DOWN -> reason.isEmpty() ? "down" : "down: " + reason;
      case FENCED -> isDrained ? "drained" : "fenced";
      case EJECTED -> "ejected: " + reason;
      case UP -> weight == 0 ? "weight 0" : isBusy ? reason : "up";
      case STARTING -> weight == 0 ? "weight 0" : "starting";
    };
  }
}
