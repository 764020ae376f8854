package dev.evenkeel.balancer.spec;

import java.time.Duration;

/**
 * Sticky sessions that this process remembers, for clients without a cookie store and for sessions
 * of the application's own. Source: {@code evenkeel.services.<name>.sticky}. Immutable.
 *
 * @param key what tells sessions apart
 * @param isLearned true if a response that gives the key a value, in a cookie or a header, binds
 *     the session of that value to the server that it came from
 * @param timeToLive above zero, since the last call of a session
 * @param maxSessions at least 1; the sessions beyond it that matter least are forgotten
 */
public record SessionSpec(KeySpec key, boolean isLearned, Duration timeToLive, long maxSessions) {
  /** For a session of which nothing is heard. */
  public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(30);

  /** About 12 MB. */
  public static final long DEFAULT_MAX_SESSIONS = 100_000;

  public SessionSpec {
    boolean isInResponses = key.kind() == KeySpec.Kind.COOKIE || key.kind() == KeySpec.Kind.HEADER;
    if (isLearned && !isInResponses) {
      throw new IllegalArgumentException(
          "learn: no response holds that (expected: cookie or header)");
    }
    if (timeToLive.isZero() || timeToLive.isNegative()) {
      throw new IllegalArgumentException("ttl: " + timeToLive + " (expected: above zero)");
    }
    if (maxSessions < 1) {
      throw new IllegalArgumentException(
          "maxSessions: " + maxSessions + " (expected: integer from 1)");
    }
  }
}
