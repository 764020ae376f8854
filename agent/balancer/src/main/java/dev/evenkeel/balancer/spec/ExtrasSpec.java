package dev.evenkeel.balancer.spec;

import org.jspecify.annotations.Nullable;

/**
 * What a service has beyond Traefik's options. Source: the section {@code
 * evenkeel.services.<name>}. Immutable.
 *
 * @param hash what hashing (strategy {@code hrw}, {@code highestRandomWeight}) tells calls apart
 *     by; null: the JVM, so that all calls of one JVM go to one server
 * @param health what decides beyond Traefik's options whether a server takes calls
 */
public record ExtrasSpec(@Nullable KeySpec hash, HealthRulesSpec health) {
  /** Nothing but Traefik's options. */
  public static final ExtrasSpec NONE = new ExtrasSpec(null, HealthRulesSpec.DEFAULT);

  /** A key to hash, and no rules of health of its own. */
  public ExtrasSpec(@Nullable KeySpec hash) {
    this(hash, HealthRulesSpec.DEFAULT);
  }

  /** The same with other rules of health. */
  public ExtrasSpec with(HealthRulesSpec other) {
    return new ExtrasSpec(hash, other);
  }
}
