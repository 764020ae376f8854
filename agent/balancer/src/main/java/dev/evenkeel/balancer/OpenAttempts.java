package dev.evenkeel.balancer;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that are open, all services' together, and the queue in which the garbage collector
 * puts those that nobody can end any more.
 *
 * <p>A {@link ServerAttempt} is a reference to what its adapter holds of it, and a reference is
 * queued only while it is reachable itself: so each stands in a slot of a table until it ends. A
 * begin takes the first empty slot of a short run with one compare-and-set, an end empties it with
 * one write; nothing is linked, so nothing has to be swept, and an attempt that has ended is
 * garbage at once. Where a run is full the table is followed by one of twice the size; attempts
 * stay in the slot that they took. A table is thus sparse, and its size follows the most attempts
 * that were ever open together. Past {@link #MAX_SLOTS} an attempt stands nowhere, and is not
 * missed. Thread-safe, except for {@link #endLost} and {@link #endResting}, which are the control
 * thread's.
 */
final class OpenAttempts {
  private static final AtomicReferenceFieldUpdater<OpenAttempts, Table> TABLE =
      AtomicReferenceFieldUpdater.newUpdater(OpenAttempts.class, Table.class, "table");

  static final int FIRST_SLOTS = 1 << 10;
  static final int MAX_SLOTS = 1 << 20;

  /** As many as lie in one or two cache lines. */
  private static final int RUN = 16;

  /** 2⁶⁴ divided by the golden ratio. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final ReferenceQueue<HeldAttempt> lost = new ReferenceQueue<>();
  private volatile Table table = new Table(new AtomicReferenceArray<>(FIRST_SLOTS), null);

  /**
   * One size of the table.
   *
   * @param before the one that it follows, in which attempts may stand still
   */
  private record Table(
      AtomicReferenceArray<@Nullable ServerAttempt> slots, @Nullable Table before) {}

  /** Where the references of lost attempts are queued. */
  ReferenceQueue<HeldAttempt> lost() {
    return lost;
  }

  /**
   * Gives an attempt a slot.
   *
   * @param seed differs between attempts that are open at a time, mostly
   */
  void add(ServerAttempt attempt, long seed) {
    int start = (int) ((seed * GOLDEN) >>> 32);
    while (true) {
      Table current = table;
      AtomicReferenceArray<@Nullable ServerAttempt> slots = current.slots;
      int mask = slots.length() - 1;
      for (int i = 0; i < RUN; i++) {
        int slot = (start + i) & mask;
        if (slots.getPlain(slot) == null) {
          attempt.standsIn(slots, slot);
          if (slots.compareAndSet(slot, null, attempt)) {
            return;
          }
        }
      }
      if (slots.length() >= MAX_SLOTS) {
        attempt.standsIn(null, 0);
        return;
      }
      TABLE.compareAndSet(
          this, current, new Table(new AtomicReferenceArray<>(slots.length() * 2), current));
    }
  }

  /** Ends the attempts that were found lost since the last time. Control thread. */
  void endLost() {
    for (Reference<?> found = lost.poll(); found != null; found = lost.poll()) {
      ((ServerAttempt) found).lost();
    }
  }

  /** Ends the attempts that rest for too long. Control thread, once a minute. */
  void endResting() {
    for (Table each = table; each != null; each = each.before) {
      for (int i = 0; i < each.slots.length(); i++) {
        ServerAttempt attempt = each.slots.get(i);
        if (attempt != null) {
          attempt.lookWhetherItRests();
        }
      }
    }
  }

  /** How many attempts stand here, found by looking at every slot. */
  int count() {
    int found = 0;
    for (Table each = table; each != null; each = each.before) {
      for (int i = 0; i < each.slots.length(); i++) {
        found += each.slots.get(i) == null ? 0 : 1;
      }
    }
    return found;
  }

  /** How many slots there are in the newest table. */
  int slots() {
    return table.slots.length();
  }
}
