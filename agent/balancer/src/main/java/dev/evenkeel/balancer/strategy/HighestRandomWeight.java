package dev.evenkeel.balancer.strategy;

import java.util.List;

/**
 * Rendezvous hashing: each member has a score for the call's key, and the highest wins. A member
 * that goes out hands its keys, and no others, to those that come next for them, and a call that
 * could not be connected goes to the next best. Source: Traefik strategy {@code hrw}, score for
 * score.
 *
 * <p>A score is {@code weight / -ln(u)}, where {@code u} is the {@link Fnv1a} hash of the key and
 * the member's name as a number from 0 to 1; of equal scores, the first wins. FNV-1a leaves some
 * bias among names that are alike, up to a fifth of a share; a better hash would send keys
 * elsewhere than Traefik does. Costs a hash and a logarithm for each member: {@link SlotHashing} is
 * for many. Thread-safe.
 */
public final class HighestRandomWeight implements Strategy {
  private static final double HALF_RANGE = 0x1p63;

  private final String[] names;
  private final int[] weights;
  private final Strategy withoutKey;

  /**
   * Members by name.
   *
   * @param names URLs of servers or names of services
   * @param weights in force; a member of weight 0 is left out
   * @param withoutKey picks for calls without a key
   */
  public HighestRandomWeight(List<String> names, int[] weights, Strategy withoutKey) {
    this.names = names.toArray(String[]::new);
    this.weights = weights;
    this.withoutKey = withoutKey;
  }

  @Override
  public <C> int pick(Members<C> members, C call) {
    long key = members.key(call);
    return key == Members.NO_KEY ? withoutKey.pick(members, call) : pick(members, call, key);
  }

  <C> int pick(Members<C> members, C call, long key) {
    int best = NONE;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < names.length; i++) {
      if (weights[i] > 0 && members.isOpen(call, i)) {
        double score = score(key, names[i], weights[i]);
        if (best == NONE || score > bestScore) {
          best = i;
          bestScore = score;
        }
      }
    }
    return best;
  }

  /**
   * A member's score.
   *
   * @param key the hash of the key
   */
  static double score(long key, String name, int weight) {
    return weight / -Math.log(unit(Fnv1a.append(key, name)));
  }

  /** An unsigned number by 2⁶⁴. Its last bit is kept in the halved number, so that it rounds. */
  private static double unit(long unsigned) {
    return ((unsigned >>> 1) | (unsigned & 1)) / HALF_RANGE;
  }
}
