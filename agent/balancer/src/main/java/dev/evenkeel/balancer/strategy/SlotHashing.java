package dev.evenkeel.balancer.strategy;

/**
 * Rendezvous hashing over many members: the key leads to a slot, and the {@link SlotRace} says
 * whose that is. A slot without an owner, or whose owner does not take the call, leaves it to the
 * owner of the key's next slot, {@value #MAX_SLOTS_TRIED} slots at most, then to the best of all by
 * {@link HighestRandomWeight}.
 *
 * <p>The slots are given out by the weights that are set, not by those in force: health, fences and
 * failures to connect cost no other race, and a member that returns has the keys that it had.
 * Thread-safe.
 */
final class SlotHashing implements Strategy {
  private static final int MAX_SLOTS_TRIED = 16;

  private final SlotRace slots;
  private final int[] weights;
  private final HighestRandomWeight scan;
  private final Strategy withoutKey;

  /**
   * Slots of members.
   *
   * @param weights in force
   * @param scan over the same members
   * @param withoutKey picks for calls without a key
   */
  SlotHashing(SlotRace slots, int[] weights, HighestRandomWeight scan, Strategy withoutKey) {
    this.slots = slots;
    this.weights = weights;
    this.scan = scan;
    this.withoutKey = withoutKey;
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
      if (member != NONE && weights[member] > 0 && members.isOpen(call, member)) {
        return member;
      }
      number = Draws.next(number);
    }
    return scan.pick(members, call, key);
  }
}
