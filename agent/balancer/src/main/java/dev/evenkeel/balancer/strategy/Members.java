package dev.evenkeel.balancer.strategy;

/**
 * What a strategy chooses from: the servers of a service, or its child services, by index. Every
 * method is asked on request threads and answers at once, without a lock or an allocation.
 *
 * @param <C> a call, which is handed back and not looked into
 */
public interface Members<C> {
  /** How many there are. */
  int size();

  /**
   * Whether a member takes this call, as things stand now: it may have gone out since the strategy
   * was built, and the call may have tried it.
   */
  boolean isOpen(C call, int member);

  /**
   * How much a member counts in one round of {@link WeightedScan}: those that take calls in need
   * only come in later rounds than the others.
   *
   * @param round 0 and up
   * @return 0 if it is not looked at in this round
   */
  int openWeight(C call, int member, int round);
}
