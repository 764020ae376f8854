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
 * <p>The race ends when the average slot has been visited {@value #VISITS_PER_SLOT} times or up to
 * twice that. A slot that nobody has come to by then, one in twenty at most, has no owner. The end
 * depends on the highest bit of the sum of weights alone, so that most changes do not move it: one
 * that does gives owners to some of those slots, or takes them. Immutable.
 */
final class SlotRace {
  private static final int SLOTS_PER_MEMBER = 128;
  private static final int MAX_SLOTS = 1 << 20;

  /** At least; the logarithm of slots would be needed for all of them to have an owner. */
  private static final int VISITS_PER_SLOT = 3;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT_53 = 0x1p-53;

  private final int[] owners;
  private final int shift;

  private SlotRace(int[] owners) {
    this.owners = owners;
    shift = Long.SIZE - Integer.numberOfTrailingZeros(owners.length);
  }

  /**
   * Runs the race: takes about half a second of a core for ten thousand members.
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
    return new SlotRace(race(names, weights, slots));
  }

  static int slotsFor(int members) {
    int wanted = (int) Math.min(MAX_SLOTS, (long) members * SLOTS_PER_MEMBER);
    return wanted == Integer.highestOneBit(wanted) ? wanted : Integer.highestOneBit(wanted) << 1;
  }

  private static int[] race(List<String> names, int[] weights, int slots) {
    long total = Arrays.stream(weights).asLongStream().sum();
    double end = (double) VISITS_PER_SLOT * slots / Long.highestOneBit(total);
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

  /**
   * The member that owns the slot of a number whose first bits are well mixed; {@link
   * Strategy#NONE} if nobody does.
   */
  int owner(long number) {
    return owners[(int) (number >>> shift)];
  }
}
