package dev.evenkeel.balancer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A server as people see it: live figures, readable from any thread. Thread-safe. */
public interface ServerView {
  /** The name of its service. */
  String service();

  /** The URL as configured. */
  String url();

  /** The weight asked for: the configured one, or the one set at run time. */
  int weight();

  /**
   * The weight in force: 0 while it takes no new calls; a part of {@link #weight} while it starts
   * slowly or asks for less.
   */
  double effectiveWeight();

  State state();

  /** Why it is in this state, as {@code probe answered 503}; empty if there is nothing to say. */
  String reason();

  /** Until its sessions move: zero once they do; null while it is not drained by a deadline. */
  @Nullable Duration drainRemaining();

  /** Attempts begun and not ended. */
  int inFlight();

  /** Attempts begun since the server is known. */
  long calls();

  /** Attempts that ended with a failure, to connect or later. */
  long failures();

  /**
   * A quantile of the time to headers over the last one to two minutes.
   *
   * @param quantile 0..1
   * @return milliseconds; NaN without a sample
   */
  double latencyMillis(double quantile);

  /** When the last probe was answered; null before the first. */
  @Nullable Instant lastProbeTime();

  /** What the last probe found; empty before the first. */
  String lastProbeResult();
}
