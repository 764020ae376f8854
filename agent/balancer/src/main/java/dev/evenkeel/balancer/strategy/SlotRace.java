package dev.evenkeel.balancer.strategy;

import java.util.Arrays;
import java.util.List;

/**
 * Who owns each of many slots, where members race for them: every member visits random slots at
 * random times, as often in a while as its weight says, and a slot belongs to who came first.
 *
 * <p>Where and when a member calls depends on its name alone; weight only stretches the times. So a
 * member that leaves hands over its own slots and no others, one that joins takes slots from the
 * others and moves none between them, and a weight that changes moves slots to or from that member
 * only. The visits of a member are a Poisson process, for which the first visit to a slot is that
 * of a member with a probability of just its share of the weights.
 *
 * <p>Every slot is reached by about as many visits as slots times the logarithm of slots. Visits
 * after the time that this takes cannot matter, and are not made. Immutable.
 */
final class SlotRace {
  private static final int SLOTS_PER_MEMBER = 128;
  private static final int MAX_SLOTS = 1 << 20;

  /** Visits to the average slot beyond the logarithm of slots: then 1 race in 20 needs another. */
  private static final double SPARE_VISITS = 3;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT_53 = 0x1p-53;

  private final int[] owners;
  private final int shift;

  private SlotRace(int[] owners) {
    this.owners = owners;
    shift = Long.SIZE - Integer.numberOfTrailingZeros(owners.length);
  }

  /**
   * Runs the race: takes half a second for ten thousand members.
   *
   * @param names distinct
   * @param weights one above 0 at least
   */
  static SlotRace of(List<String> names, int[] weights) {
    return of(names, weights, slotsFor(names.size()));
  }

  /**
   * As {@link #of(List, int[])}.
   *
   * @param slots a power of two, above 1
   */
  static SlotRace of(List<String> names, int[] weights, int slots) {
    double visitsPerSlot = Math.log(slots) + SPARE_VISITS;
    int[] owners = race(names, weights, slots, visitsPerSlot);
    while (Arrays.stream(owners).anyMatch(owner -> owner == Strategy.NONE)) {
      visitsPerSlot += SPARE_VISITS;
      owners = race(names, weights, slots, visitsPerSlot);
    }
    return new SlotRace(owners);
  }

  static int slotsFor(int members) {
    int wanted = (int) Math.min(MAX_SLOTS, (long) members * SLOTS_PER_MEMBER);
    return wanted == Integer.highestOneBit(wanted) ? wanted : Integer.highestOneBit(wanted) << 1;
  }

  private static int[] race(List<String> names, int[] weights, int slots, double visitsPerSlot) {
    double end = visitsPerSlot * slots / Arrays.stream(weights).asLongStream().sum();
    int[] owners = new int[slots];
    Arrays.fill(owners, Strategy.NONE);
    double[] times = new double[slots];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    int mask = slots - 1;
    for (int member = 0; member < weights.length; member++) {
      long chance = Draws.mix(Fnv1a.append(Fnv1a.START, names.get(member)));
      double time = 0;
      while (weights[member] > 0) {
        long pause = Draws.mix(chance += GOLDEN);
        time -= Math.log(((pause >>> 11) + 1) * UNIT_53) / weights[member];
        if (time > end) {
          break;
        }
        int slot = (int) Draws.mix(chance += GOLDEN) & mask;
        if (time < times[slot]) {
          times[slot] = time;
          owners[slot] = member;
        }
      }
    }
    return owners;
  }

  /** The member that owns the slot of a number whose first bits are well mixed. */
  int owner(long number) {
    return owners[(int) (number >>> shift)];
  }
}
