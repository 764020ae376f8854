package dev.evenkeel.balancer;

import org.jspecify.annotations.Nullable;

/** The servers that a call has tried on one way, three at most. Immutable. */
record TriedServers(
    @Nullable ServerState first, @Nullable ServerState second, @Nullable ServerState third) {
  boolean contains(ServerState server) {
    return server == first || server == second || server == third;
  }
}
