package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServiceView;
import dev.evenkeel.runtime.instrument.AdapterStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Controls that write down what was asked of them. Not thread-safe. */
final class FakeControls implements AgentControls {
  final List<String> asked = new ArrayList<>();
  List<ServiceView> services = List.of();
  Instant loadTime;
  RuntimeException failure;

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public String configurationSource() {
    return "balance.yml";
  }

  @Override
  public Instant loadTime() {
    return loadTime;
  }

  @Override
  public String lastError() {
    return "balance.yml:1 broken";
  }

  @Override
  public long reloadCount() {
    return 7;
  }

  @Override
  public long refusedReloadCount() {
    return 8;
  }

  @Override
  public long failOpenCount() {
    return 9;
  }

  @Override
  public List<AdapterStatus> adapters() {
    return List.of(
        new AdapterStatus("okhttp", AdapterStatus.State.ACTIVE, "5.5.1", ""),
        new AdapterStatus("httpclient5", AdapterStatus.State.WAITING, null, "not loaded"));
  }

  @Override
  public String reload() {
    ask("reload");
    return "nothing changed";
  }

  @Override
  public String explain(String method, String url) {
    ask("explain " + method + " " + url);
    return "left alone";
  }

  @Override
  public void disable() {
    ask("disable");
  }

  @Override
  public List<ServiceView> services() {
    return services;
  }

  @Override
  public void setWeight(String service, String url, int weight) {
    ask("setWeight " + service + " " + url + " " + weight);
  }

  @Override
  public void resetWeight(String service, String url) {
    ask("resetWeight " + service + " " + url);
  }

  @Override
  public void clearSessions(String service) {
    ask("clearSessions " + service);
  }

  @Override
  public void fence(String service, String url) {
    ask("fence " + service + " " + url);
  }

  @Override
  public void drain(String service, String url, Duration time) {
    ask("drain " + service + " " + url + " " + time);
  }

  @Override
  public void unfence(String service, String url) {
    ask("unfence " + service + " " + url);
  }

  private void ask(String what) {
    asked.add(what);
    if (failure != null) {
      throw failure;
    }
  }
}
