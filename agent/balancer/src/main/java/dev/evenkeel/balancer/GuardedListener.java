package dev.evenkeel.balancer;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts faults, and keeps those of a listener away from who tells it something. Thread-safe as far
 * as the listener is.
 */
final class GuardedListener implements BalancerListener {
  private final BalancerListener listener;
  private final LongAdder faults = new LongAdder();

  GuardedListener(BalancerListener listener) {
    this.listener = listener;
  }

  @Override
  public void stateChanged(ServerView server, State from, State to) {
    guard(() -> listener.stateChanged(server, from, to));
  }

  @Override
  public void servicesChanged() {
    guard(listener::servicesChanged);
  }

  @Override
  public void callLost(String service) {
    guard(() -> listener.callLost(service));
  }

  @Override
  public void addressesFound(String host, List<String> addresses) {
    guard(() -> listener.addressesFound(host, addresses));
  }

  @Override
  public void lookUpFailed(String host, String reason, List<String> kept) {
    guard(() -> listener.lookUpFailed(host, reason, kept));
  }

  private void guard(Runnable call) {
    try {
      call.run();
    } catch (Throwable fault) {
      faulted("listener", fault);
    }
  }

  @Override
  public void faulted(String where, Throwable fault) {
    faults.increment();
    try {
      listener.faulted(where, fault);
    } catch (Throwable ignored) {
      faults.increment();
    }
  }

  /** How many faults there were. */
  long faults() {
    return faults.sum();
  }
}
