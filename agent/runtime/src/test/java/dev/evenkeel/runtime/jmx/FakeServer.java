package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.State;
import java.time.Duration;
import java.time.Instant;

/** A server with fixed figures and a weight that can be set. Not thread-safe. */
final class FakeServer implements ServerView {
  private final String service;
  private final String url;
  int weight;
  State state = State.DOWN;
  Instant lastProbeTime;
  Duration drainRemaining;

  FakeServer(String service, String url, int weight) {
    this.service = service;
    this.url = url;
    this.weight = weight;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public double effectiveWeight() {
    return 1;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public String reason() {
    return "probe answered 503";
  }

  @Override
  public Duration drainRemaining() {
    return drainRemaining;
  }

  @Override
  public int inFlight() {
    return 2;
  }

  @Override
  public long calls() {
    return 3;
  }

  @Override
  public long failures() {
    return 4;
  }

  @Override
  public double latencyMillis(double quantile) {
    return quantile * 100;
  }

  @Override
  public Instant lastProbeTime() {
    return lastProbeTime;
  }

  @Override
  public String lastProbeResult() {
    return "probe answered 200";
  }
}
