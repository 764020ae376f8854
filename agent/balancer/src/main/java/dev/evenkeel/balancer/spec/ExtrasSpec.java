package dev.evenkeel.balancer.spec;

import org.jspecify.annotations.Nullable;

/**
 * What a service has beyond Traefik's options. Source: the section {@code
 * evenkeel.services.<name>}. Immutable.
 *
 * @param hash what hashing (strategy {@code hrw}, {@code highestRandomWeight}) tells calls apart
 *     by; null: the JVM, so that all calls of one JVM go to one server
 */
public record ExtrasSpec(@Nullable KeySpec hash) {
  /** Nothing but Traefik's options. */
  public static final ExtrasSpec NONE = new ExtrasSpec(null);
}
