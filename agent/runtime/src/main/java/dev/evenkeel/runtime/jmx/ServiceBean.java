package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceView;
import java.util.List;

/** A service as JMX shows it. Thread-safe. */
final class ServiceBean implements ServiceMXBean {
  private final AgentControls controls;
  private final ConsoleCalls calls;
  private volatile ServiceView view;

  ServiceBean(AgentControls controls, ConsoleCalls calls, ServiceView view) {
    this.controls = controls;
    this.calls = calls;
    this.view = view;
  }

  /** Shows another configuration's view of the same service. */
  void show(ServiceView changed) {
    view = changed;
  }

  @Override
  public String getKind() {
    return view.kind();
  }

  @Override
  public String getStrategy() {
    return view.strategy();
  }

  @Override
  public String getStatus() {
    return view.status();
  }

  @Override
  public List<String> getServers() {
    return view.servers().stream().map(ServerView::url).toList();
  }

  @Override
  public List<String> getChildren() {
    return view.children();
  }

  @Override
  public long getCalls() {
    return view.calls();
  }

  @Override
  public long getFailures() {
    return view.failures();
  }

  @Override
  public long getRetries() {
    return view.retries();
  }

  @Override
  public long getLostCalls() {
    return view.lostCalls();
  }

  @Override
  public long getActiveSessions() {
    return view.sessionCount();
  }

  @Override
  public void clearSessions() {
    calls.run("clearSessions", () -> controls.clearSessions(view.name()));
  }

  @Override
  public long getMirrorsSent() {
    return view.mirrorsSent();
  }

  @Override
  public long getMirrorsDropped() {
    return view.mirrorsDropped();
  }
}
