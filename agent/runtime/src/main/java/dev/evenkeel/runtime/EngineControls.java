package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ServiceView;
import dev.evenkeel.runtime.instrument.AdapterStatus;
import dev.evenkeel.runtime.jmx.AgentControls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the MBeans show and change; every change is made on the control thread and waited for.
 * Thread-safe.
 */
final class EngineControls implements AgentControls {
  private final Engine engine;

  EngineControls(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String version() {
    return engine.runtime().version();
  }

  @Override
  public String configurationSource() {
    return engine.runtime().source();
  }

  @Override
  public @Nullable Instant loadTime() {
    return engine.configuration().loadTime();
  }

  @Override
  public String lastError() {
    return engine.configuration().lastError();
  }

  @Override
  public long reloadCount() {
    return engine.configuration().reloadCount();
  }

  @Override
  public long refusedReloadCount() {
    return engine.configuration().refusedCount();
  }

  @Override
  public long failOpenCount() {
    return engine.runtime().failOpens();
  }

  @Override
  public List<AdapterStatus> adapters() {
    List<AdapterStatus> adapters = engine.runtime().adapters();
    return engine.isOff() ? adapters.stream().map(AdapterStatus::disabled).toList() : adapters;
  }

  @Override
  public String reload() {
    return engine.control().call(engine.configuration()::load);
  }

  @Override
  public String explain(String method, String url) {
    return engine.balancer().explain(method, url);
  }

  @Override
  public void disable() {
    onControlThread(engine::disable);
  }

  @Override
  public List<ServiceView> services() {
    return engine.balancer().services();
  }

  @Override
  public void setWeight(String service, String url, int weight) {
    onControlThread(() -> engine.balancer().setWeight(service, url, weight));
  }

  @Override
  public void resetWeight(String service, String url) {
    onControlThread(() -> engine.balancer().resetWeight(service, url));
  }

  @Override
  public void clearSessions(String service) {
    onControlThread(() -> engine.balancer().clearSessions(service));
  }

  @Override
  public void fence(String service, String url) {
    onControlThread(() -> engine.balancer().fence(service, url));
  }

  @Override
  public void drain(String service, String url, Duration time) {
    onControlThread(() -> engine.balancer().drain(service, url, time));
  }

  @Override
  public void unfence(String service, String url) {
    onControlThread(() -> engine.balancer().unfence(service, url));
  }

  private void onControlThread(Runnable change) {
    engine
        .control()
        .call(
            () -> {
              change.run();
              return true;
            });
  }
}
