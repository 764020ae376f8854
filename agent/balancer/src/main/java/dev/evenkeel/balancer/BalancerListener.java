package dev.evenkeel.balancer;

import java.util.List;

/** Hears what happens in the balancer. Called on the control thread, except where said. */
public interface BalancerListener {
  /** A server's state changed; {@code server} already shows the new one. */
  void stateChanged(ServerView server, State from, State to);

  /** A new snapshot's services are in force. */
  void servicesChanged();

  /** The application lost a response of a service without closing it or reading it to its end. */
  void callLost(String service);

  /** A name of servers is found to have these addresses: others than before, or again. */
  void addressesFound(String host, List<String> addresses);

  /**
   * A name cannot be looked up any more; said once until it can.
   *
   * @param kept the addresses that it goes on having; empty if it stands for itself
   */
  void lookUpFailed(String host, String reason, List<String> kept);

  /** A fault of an adapter's or the balancer's own. Called on any thread; must return at once. */
  void faulted(String where, Throwable fault);
}
