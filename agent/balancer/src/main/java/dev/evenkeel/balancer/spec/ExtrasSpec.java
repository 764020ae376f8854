package dev.evenkeel.balancer.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a service has beyond Traefik's options. Source: the section {@code
 * evenkeel.services.<name>}. Immutable.
 *
 * @param hash what hashing (strategy {@code hrw}, {@code highestRandomWeight}) tells calls apart
 *     by; null: the JVM, so that all calls of one JVM go to one server
 * @param health what decides beyond Traefik's options whether a server takes calls
 * @param sessions null without sticky sessions that this process remembers
 * @param lookUpInterval how often the names of servers are looked up, each address being a server
 *     then; null: a name is one server, and looked up by whoever connects
 */
public record ExtrasSpec(
    @Nullable KeySpec hash,
    HealthRulesSpec health,
    @Nullable SessionSpec sessions,
    @Nullable Duration lookUpInterval) {
  /** Nothing but Traefik's options. */
  public static final ExtrasSpec NONE = new ExtrasSpec(null, HealthRulesSpec.DEFAULT, null, null);

  public ExtrasSpec {
    boolean isLong =
        lookUpInterval != null && lookUpInterval.compareTo(HealthCheckSpec.LONGEST) > 0;
    lookUpInterval = isLong ? HealthCheckSpec.LONGEST : lookUpInterval;
    if (lookUpInterval != null && (lookUpInterval.isZero() || lookUpInterval.isNegative())) {
      throw new IllegalArgumentException(
          "lookUpInterval: " + lookUpInterval + " (expected: above zero)");
    }
  }

  /** A key to hash, and no rules of health of its own. */
  public ExtrasSpec(@Nullable KeySpec hash) {
    this(hash, HealthRulesSpec.DEFAULT, null, null);
  }

  /** The same with other rules of health. */
  public ExtrasSpec with(HealthRulesSpec other) {
    return new ExtrasSpec(hash, other, sessions, lookUpInterval);
  }

  /** The same with sessions of its own. */
  public ExtrasSpec with(@Nullable SessionSpec other) {
    return new ExtrasSpec(hash, health, other, lookUpInterval);
  }

  /** The same with a server per address, looked up so often. */
  public ExtrasSpec withLookUps(Duration interval) {
    return new ExtrasSpec(hash, health, sessions, interval);
  }
}
