package dev.evenkeel.balancer.strategy;

/**
 * What is known of the members' load, by index. Asked on request threads; answers at once, without
 * a lock or an allocation. Thread-safe.
 */
public interface Loads {
  /** Calls begun and not over, those of sticky sessions included. */
  int inFlight(int member);

  /** How fast a member has answered. */
  ResponseTimes times(int member);

  /** The median of the members' average times, at some time within the last minute; 0: unknown. */
  long typicalNanos();

  /** The clock that {@link ResponseTimes} are kept by. */
  long nanos();
}
