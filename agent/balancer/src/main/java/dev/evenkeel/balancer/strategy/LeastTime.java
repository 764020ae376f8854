package dev.evenkeel.balancer.strategy;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.concurrent.TimeUnit;

/**
 * The member that is expected to answer first: its time to headers times how busy it is. Source:
 * Traefik strategy {@code leasttime}.
 *
 * <p>Members that come within a quarter of the best are equally good and share the calls by their
 * turns; a slower one gives its turn to the next ticket. Averages are noisy, and always taking the
 * least of them would give nearly all calls to whoever was lucky. Up to {@value #MAX_SCANNED}
 * members all are compared, beyond that the one whose turn it is and {@value #DRAWS} drawn by
 * weight.
 *
 * <p>A member of which nothing is known is as fast as the median of the others. One that was slow
 * is thought faster the longer nothing is heard of it, down to the fastest, so that it is tried
 * again. Calls that wait count with their age. Thread-safe.
 */
public final class LeastTime implements Strategy {
  static final int MAX_SCANNED = 16;

  private static final int DRAWS = 3;
  private static final int MAX_EXTRA_TURNS = 4;
  private static final double NEAR = 1.25;

  /** What a member is thought to take while no time of any is known. */
  private static final double GUESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int[] weights;
  private final WeightedRoundRobin turns;
  private final Draws draws;
  private final Loads loads;
  private final Busyness busyness;

  /**
   * Goes on where the tickets stand.
   *
   * @param weights that the turns are made of
   */
  public LeastTime(Tickets tickets, WeightedTurns turns, int[] weights, Loads loads) {
    this.weights = weights;
    this.turns = new WeightedRoundRobin(tickets, turns);
    draws = new Draws(tickets, turns);
    this.loads = loads;
    busyness = new Busyness(weights);
  }

  @Override
  public <C> int pick(Members<C> members, C call) {
    int first = turns.pick(members, call);
    if (first == NONE) {
      return NONE;
    }
    long now = loads.nanos();
    return weights.length <= MAX_SCANNED
        ? pickOfAll(members, call, first, now)
        : pickOfSome(members, call, first, now);
  }

  private <C> int pickOfAll(Members<C> members, C call, int first, long now) {
    double fastest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && members.isOpen(call, i)) {
        fastest = Math.min(fastest, knownNanos(i, now));
      }
    }
    double floor = floor(fastest);
    int best = first;
    double bestScore = score(first, floor, now);
    for (int i = 0; i < weights.length; i++) {
      double score = weights[i] > 0 ? score(i, floor, now) : Double.POSITIVE_INFINITY;
      if (score < bestScore && members.isOpen(call, i)) {
        best = i;
        bestScore = score;
      }
    }
    return nextNear(members, call, first, best, floor, now);
  }

  /** The next member, by turns, that is as good as the best; after some turns, the best. */
  private <C> int nextNear(
      Members<C> members, C call, int first, int best, double floor, long now) {
    double limit = NEAR * score(best, floor, now);
    int member = first;
    for (int drawn = 0; drawn < MAX_EXTRA_TURNS && member != NONE; drawn++) {
      if (score(member, floor, now) <= limit) {
        return member;
      }
      member = turns.pick(members, call);
    }
    return best;
  }

  /** The chances are gone through twice, which is cheaper than to remember what they drew. */
  private <C> int pickOfSome(Members<C> members, C call, int first, long now) {
    double fastest = knownNanos(first, now);
    long firstChance = draws.chance();
    long chance = firstChance;
    for (int drawn = 0; drawn < DRAWS; drawn++, chance = Draws.next(chance)) {
      int other = draws.other(members, call, first, chance);
      fastest = other == NONE ? fastest : Math.min(fastest, knownNanos(other, now));
    }
    double floor = floor(fastest);
    int best = first;
    double bestScore = score(first, floor, now) / NEAR;
    chance = firstChance;
    for (int drawn = 0; drawn < DRAWS; drawn++, chance = Draws.next(chance)) {
      int other = draws.other(members, call, first, chance);
      if (other != NONE && score(other, floor, now) < bestScore) {
        best = other;
        bestScore = score(other, floor, now);
      }
    }
    return best;
  }

  private double floor(double fastest) {
    if (fastest < Double.POSITIVE_INFINITY) {
      return fastest;
    }
    long typical = loads.typicalNanos();
    return typical > 0 ? (double) typical : GUESS_NANOS;
  }

  /** Infinite without any answer yet. */
  private double knownNanos(int member, long now) {
    ResponseTimes times = loads.times(member);
    double average = times.averageNanos();
    return average > 0 ? Math.max(average, times.silenceNanos(now)) : Double.POSITIVE_INFINITY;
  }

  private double score(int member, double floor, long now) {
    ResponseTimes times = loads.times(member);
    double expected = times.relaxedNanos(floor, now);
    if (expected == 0) {
      long typical = loads.typicalNanos();
      expected = typical > 0 ? (double) typical : floor;
    }
    return Math.max(expected, times.silenceNanos(now))
        * busyness.of(member, loads.inFlight(member));
  }
}
