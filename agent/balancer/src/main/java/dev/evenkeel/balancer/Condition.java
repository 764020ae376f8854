package dev.evenkeel.balancer;

/**
 * What follows, for one server, from all that is known of it. Immutable.
 *
 * @param reason why it is in this state; empty if there is nothing to say
 * @param weight the weight asked for
 * @param takesNewCalls calls without a session may go here; with {@link State#STARTING} only where
 *     no server that is up is left
 * @param takesSessions calls whose session is bound to this server may go here
 */
record Condition(
    State state, String reason, int weight, boolean takesNewCalls, boolean takesSessions) {

  /** Why it takes no new calls, as messages say it; {@code up} if it does. */
  String standing() {
    return switch (state) {
      case DOWN -> reason.isEmpty() ? "down" : "down: " + reason;
      case FENCED -> "fenced";
      case EJECTED -> "ejected";
      case UP -> weight == 0 ? "weight 0" : "up";
      case STARTING -> weight == 0 ? "weight 0" : "starting";
    };
  }
}
