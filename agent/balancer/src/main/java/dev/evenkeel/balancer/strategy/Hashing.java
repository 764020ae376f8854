package dev.evenkeel.balancer.strategy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hashing of one service, which keeps the {@link SlotRace} for as long as names and weights
 * stay. Confined to the control thread.
 */
public final class Hashing {
  /** Up to so many members, all of them are compared, as Traefik does; beyond that, slots. */
  static final int MAX_SCANNED = 64;

  private List<String> names = List.of();
  private int[] weights = {};
  private @Nullable SlotRace slots;

  /**
   * The strategy for some members.
   *
   * @param newNames URLs of servers or names of services
   * @param set their weights as configured or set by hand
   * @param inForce their weights, with 0 for those that take no new calls
   * @param withoutKey picks for calls without a key
   */
  public Strategy strategy(List<String> newNames, int[] set, int[] inForce, Strategy withoutKey) {
    HighestRandomWeight scan = new HighestRandomWeight(newNames, inForce, withoutKey);
    if (newNames.size() <= MAX_SCANNED) {
      slots = null;
      return scan;
    }
    SlotRace last = slots;
    if (last == null || !names.equals(newNames) || !Arrays.equals(weights, set)) {
      last = SlotRace.of(newNames, set);
      slots = last;
      names = List.copyOf(newNames);
      weights = set.clone();
    }
    return new SlotHashing(last, set, inForce, scan, withoutKey);
  }
}
