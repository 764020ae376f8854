package dev.evenkeel.balancer;

/** What a server is at the moment, as JMX shows it. */
public enum State {
  /**
   * Has a health check and no verdict yet; takes calls only while no server of its service is up.
   */
  STARTING,
  /** Takes calls. */
  UP,
  /** The last probe failed. */
  DOWN,
  /** Takes no new sessions and no calls without one; existing sessions stay. */
  FENCED,
  /** Put aside because of failed calls. */
  EJECTED
}
