package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.State;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.time.Duration;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** A server as JMX shows and changes it. Thread-safe. */
final class ServerBean implements ServerMXBean {
  private static final long NEARLY_A_SECOND = 999_999_999;

  private final AgentControls controls;
  private final ConsoleCalls calls;
  private volatile ServerView view;

  ServerBean(AgentControls controls, ConsoleCalls calls, ServerView view) {
    this.controls = controls;
    this.calls = calls;
    this.view = view;
  }

  /** Shows another configuration's view of the same server. */
  void show(ServerView changed) {
    view = changed;
  }

  @Override
  public int getWeight() {
    return view.weight();
  }

  @Override
  public void setWeight(int weight) {
    if (weight < 0 || weight > ServerSpec.MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "Weight: " + weight + " (expected: integer 0.." + ServerSpec.MAX_WEIGHT + ")");
    }
    calls.run("setWeight", () -> controls.setWeight(view.service(), view.url(), weight));
  }

  @Override
  public double getEffectiveWeight() {
    return view.effectiveWeight();
  }

  @Override
  public State getState() {
    return view.state();
  }

  @Override
  public String getReason() {
    return view.reason();
  }

  @Override
  public long getDrainRemainingSeconds() {
    Duration remaining = view.drainRemaining();
    return remaining == null ? -1 : remaining.plusNanos(NEARLY_A_SECOND).toSeconds();
  }

  @Override
  public int getInFlight() {
    return view.inFlight();
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
  public double getP50Millis() {
    return view.latencyMillis(0.5);
  }

  @Override
  public double getP99Millis() {
    return view.latencyMillis(0.99);
  }

  @Override
  public @Nullable Date getLastProbeTime() {
    return AgentBean.dateOf(view.lastProbeTime());
  }

  @Override
  public String getLastProbeResult() {
    return view.lastProbeResult();
  }

  @Override
  public void fence() {
    calls.run("fence", () -> controls.fence(view.service(), view.url()));
  }

  @Override
  public void drain(long seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("seconds: " + seconds + " (expected: 0 or more)");
    }
    calls.run(
        "drain", () -> controls.drain(view.service(), view.url(), Duration.ofSeconds(seconds)));
  }

  @Override
  public void unfence() {
    calls.run("unfence", () -> controls.unfence(view.service(), view.url()));
  }

  @Override
  public void resetWeight() {
    calls.run("resetWeight", () -> controls.resetWeight(view.service(), view.url()));
  }
}
