package dev.evenkeel.balancer;

import org.jspecify.annotations.Nullable;

/**
 * What request threads tell the control thread of servers. Nothing waits for what comes of it.
 * Thread-safe.
 */
interface ServerEvents {
  /**
   * So many calls in a row failed that the server ought to be ejected.
   *
   * @param cause the last failure, as {@code answered 503}
   */
  void callsFailed(ServerState server, String cause);

  /**
   * The one call that tried a server on trial is decided.
   *
   * @param failure null if it passed
   */
  void trialEnded(ServerState server, @Nullable String failure);

  /** The server said that it is busy: see {@link CallVerdicts#takeBusyAnswer}. */
  void saidBusy(ServerState server);
}
