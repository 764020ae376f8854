package dev.evenkeel.balancer;

/** Hears what happens in the balancer. Called on the control thread, except where said. */
public interface BalancerListener {
  /** A server's state changed; {@code server} already shows the new one. */
  void stateChanged(ServerView server, State from, State to);

  /** A new snapshot's services are in force. */
  void servicesChanged();

  /** The application lost a response of a service without closing it or reading it to its end. */
  void callLost(String service);

  /** A fault of an adapter's or the balancer's own. Called on any thread; must return at once. */
  void faulted(String where, Throwable fault);
}
