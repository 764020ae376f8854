package dev.evenkeel.balancer.spec;

import org.jspecify.annotations.Nullable;

/**
 * What a service has beyond Traefik's options. Source: the section {@code
 * evenkeel.services.<name>}. Immutable.
 *
 * @param hash what hashing (strategy {@code hrw}, {@code highestRandomWeight}) tells calls apart
 *     by; null: the JVM, so that all calls of one JVM go to one server
 * @param health what decides beyond Traefik's options whether a server takes calls
 * @param sessions null without sticky sessions that this process remembers
 */
public record ExtrasSpec(
    @Nullable KeySpec hash, HealthRulesSpec health, @Nullable SessionSpec sessions) {
  /** Nothing but Traefik's options. */
  public static final ExtrasSpec NONE = new ExtrasSpec(null, HealthRulesSpec.DEFAULT, null);

  /** A key to hash, and no rules of health of its own. */
  public ExtrasSpec(@Nullable KeySpec hash) {
    this(hash, HealthRulesSpec.DEFAULT, null);
  }

  /** The same with other rules of health. */
  public ExtrasSpec with(HealthRulesSpec other) {
    return new ExtrasSpec(hash, other, sessions);
  }

  /** The same with sessions of its own. */
  public ExtrasSpec with(@Nullable SessionSpec other) {
    return new ExtrasSpec(hash, health, other);
  }
}
