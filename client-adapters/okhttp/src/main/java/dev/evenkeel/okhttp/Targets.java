package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The targets of servers lately used: a table of fixed size, one slot per hash, where a newcomer
 * replaces who was there. A lost target is built again and costs about a microsecond, so there is
 * nothing to lock and nothing to clean up. Thread-safe.
 */
final class Targets {
  /** A power of two: 1 % of 100 servers share a slot, and the table is 16 KiB. */
  private static final int SLOTS = 4096;

  private static final AtomicReferenceArray<Target> TABLE = new AtomicReferenceArray<>(SLOTS);

  private Targets() {}

  /** The target of a server, by identity. */
  static Target of(Server server) {
    int slot = System.identityHashCode(server) & (SLOTS - 1);
    Target known = TABLE.get(slot);
    if (known != null && known.isFor(server)) {
      return known;
    }
    Target built = new Target(server);
    TABLE.set(slot, built);
    return built;
  }
}
