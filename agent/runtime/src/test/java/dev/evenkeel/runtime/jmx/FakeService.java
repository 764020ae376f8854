package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceView;
import java.util.List;

/** A service with fixed figures. Immutable. */
record FakeService(String name, List<ServerView> servers, long calls) implements ServiceView {
  @Override
  public long sessionCount() {
    return 0;
  }

  @Override
  public List<String> children() {
    return List.of();
  }

  @Override
  public String kind() {
    return "loadBalancer";
  }

  @Override
  public String strategy() {
    return "wrr";
  }

  @Override
  public String status() {
    return "UP";
  }

  @Override
  public long failures() {
    return 5;
  }

  @Override
  public long retries() {
    return 6;
  }

  @Override
  public long lostCalls() {
    return 9;
  }

  @Override
  public long mirrorsSent() {
    return 7;
  }

  @Override
  public long mirrorsDropped() {
    return 8;
  }
}
