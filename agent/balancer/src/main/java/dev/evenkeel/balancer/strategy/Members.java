package dev.evenkeel.balancer.strategy;

/**
 * What a strategy chooses from: the servers of a service, or its child services, by index. Every
 * method is asked on request threads and answers at once, without a lock or an allocation.
 *
 * @param <C> a call, which is handed back and not looked into
 */
public interface Members<C> {
  /** No key; a key whose hash is this number counts as another. */
  long NO_KEY = 0;

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

  /**
   * Gives a member's turn up, if it owes one for a call of a sticky session: see {@link TurnDebt}.
   *
   * @return false if it owes none: the turn is its own
   */
  boolean paysTurn(int member);

  /**
   * The {@link Fnv1a} hash of what the service tells calls apart by.
   *
   * @return {@link #NO_KEY} if the call has nothing of the kind
   */
  long key(C call);
}
