package dev.evenkeel.balancer.strategy;

/**
 * Rendezvous hashing over many members: the key leads to a slot, and the {@link SlotRace} says
 * whose that is. A slot without an owner, or whose owner does not take the call, leaves it to the
 * owner of the key's next slot, {@value #MAX_SLOTS_TRIED} slots at most, then to the best of all by
 * {@link HighestRandomWeight}.
 *
 * <p>The slots are given out by the weights that are set, not by those in force: health, fences and
 * failures to connect cost no other race, and a member that returns has the keys that it had. One
 * that has a part of its weight takes that part of its slots' keys, and more of the same as it has
 * more. Thread-safe.
 */
final class SlotHashing implements Strategy {
  private static final int MAX_SLOTS_TRIED = 16;

  /** Of a key's number the last bits, which say nothing of its slot. */
  private static final int KEYS = 1 << 20;

  private final SlotRace slots;
  private final int[] parts;
  private final HighestRandomWeight scan;
  private final Strategy withoutKey;

  /**
   * Slots of members.
   *
   * @param set the weights that the slots were given out by
   * @param inForce the weights in force, on any scale
   * @param scan over the same members
   * @param withoutKey picks for calls without a key
   */
  SlotHashing(
      SlotRace slots, int[] set, int[] inForce, HighestRandomWeight scan, Strategy withoutKey) {
    this.slots = slots;
    parts = parts(set, inForce);
    this.scan = scan;
    this.withoutKey = withoutKey;
  }

  /** How many of its {@link #KEYS} each takes: all of them who has most of its weight. */
  private static int[] parts(int[] set, int[] inForce) {
    double most = 0;
    for (int i = 0; i < set.length; i++) {
      most = Math.max(most, part(set[i], inForce[i]));
    }
    int[] parts = new int[set.length];
    for (int i = 0; i < set.length; i++) {
      parts[i] = inForce[i] == 0 ? 0 : (int) Math.ceil(part(set[i], inForce[i]) / most * KEYS);
    }
    return parts;
  }

  private static double part(int set, int inForce) {
    return inForce == 0 ? 0 : (double) inForce / set;
  }

  @Override
  public <C> int pick(Members<C> members, C call) {
    long key = members.key(call);
    if (key == Members.NO_KEY) {
      return withoutKey.pick(members, call);
    }
    long number = Draws.mix(key);
    for (int tried = 0; tried < MAX_SLOTS_TRIED; tried++) {
      int member = slots.owner(number);
      boolean isTaken = member != NONE && (number & KEYS - 1) < parts[member];
      if (isTaken && members.isOpen(call, member)) {
        return member;
      }
      number = Draws.next(number);
    }
    return scan.pick(members, call, key);
  }
}
