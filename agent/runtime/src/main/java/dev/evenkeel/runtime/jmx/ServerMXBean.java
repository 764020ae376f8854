package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.State;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The attributes and operations of {@code dev.evenkeel:type=Server,service=<service>,name=<url>}.
 * Thread-safe.
 */
@Description("A server of a service that evenkeel balances")
public interface ServerMXBean {
  @Description("the weight asked for, 0..65535; once set, it stays over reloads until resetWeight")
  int getWeight();

  /**
   * Sets the weight from the next call on.
   *
   * @throws IllegalArgumentException unless 0..65535
   */
  void setWeight(int weight);

  @Description(
      "the weight in force: 0 while it takes no new calls, a part while it starts slowly or asks for less")
  double getEffectiveWeight();

  @Description("UP, DOWN, FENCED, EJECTED or STARTING")
  State getState();

  @Description("why it is in this state; empty if there is nothing to say")
  String getReason();

  @Description(
      "seconds until the sessions of a drained server move; 0 once they do; -1 without a deadline")
  long getDrainRemainingSeconds();

  @Description("attempts begun and not ended")
  int getInFlight();

  @Description("attempts begun since the server is known")
  long getCalls();

  @Description("attempts that ended with a failure")
  long getFailures();

  @Description("median time to headers of the last one to two minutes, ms; NaN without a sample")
  double getP50Millis();

  @Description("99th percentile of the same, ms; NaN without a sample")
  double getP99Millis();

  @Description("when the last probe was answered; null before the first")
  @Nullable Date getLastProbeTime();

  @Description("what the last probe found; empty before the first")
  String getLastProbeResult();

  @Description("takes no new sessions; existing ones stay")
  void fence();

  /**
   * Drains the server.
   *
   * @throws IllegalArgumentException for less than 0
   */
  @Description("takes no new sessions; existing ones stay for so long, and then move")
  void drain(long seconds);

  @Description("ends fence and drain")
  void unfence();

  @Description("goes back to the configured weight")
  void resetWeight();
}
