package dev.evenkeel.balancer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers what it heard. */
final class RecordingListener implements BalancerListener {
  final List<String> changes = new CopyOnWriteArrayList<>();
  final List<String> faults = new CopyOnWriteArrayList<>();
  final List<String> lostCalls = new CopyOnWriteArrayList<>();
  final List<String> names = new CopyOnWriteArrayList<>();
  volatile int serviceChanges;

  @Override
  public void stateChanged(ServerView server, State from, State to) {
    changes.add(server.url() + " " + from + " -> " + to + " (shows " + server.state() + ")");
  }

  @Override
  public synchronized void servicesChanged() {
    serviceChanges++;
  }

  @Override
  public void callLost(String service) {
    lostCalls.add(service);
  }

  @Override
  public void addressesFound(String host, List<String> addresses) {
    names.add(host + " has " + addresses);
  }

  @Override
  public void lookUpFailed(String host, String reason, List<String> kept) {
    names.add(host + " failed: " + reason + ", keeps " + kept);
  }

  @Override
  public void faulted(String where, Throwable fault) {
    faults.add(where + ": " + fault.getMessage());
  }
}
