package dev.evenkeel.balancer.strategy;

/**
 * Chooses one of the members for each call. Built by the control thread for the members and weights
 * of one snapshot; what has to outlive that, such as a position, is handed in. Thread-safe.
 */
public interface Strategy {
  /** No member takes the call. */
  int NONE = -1;

  /**
   * The index of an open member of a weight above 0.
   *
   * @return {@link #NONE} if it finds none; some may be open all the same, and the caller looks
   *     through them
   */
  <C> int pick(Members<C> members, C call);
}
