package dev.evenkeel.balancer.turns;

import java.util.Arrays;

/**
 * Turns for cycles too long to be written down: the cycle's {@code W} slots stand in a row, server
 * {@code i} owns {@code weight(i)} adjacent ones, and each ticket takes the slot that is {@code M}
 * further on, around the row.
 *
 * <p>{@code M} is coprime to {@code W}, so that {@code W} steps meet every slot once: the turns are
 * exact. {@code M / W} is near the golden ratio and its continued fraction has small terms, so that
 * any few steps are spread over the row: the turns are smooth.
 *
 * <p>The slot of ticket {@code t} is {@code t·M mod W}, whose product does not fit a {@code long}.
 * With {@code step = ⌊M/W·2⁶⁴⌋}, the high word of {@code t·step} is {@code ⌊t·M/W⌋} or one less,
 * and that many times {@code W} taken off {@code t·M} leaves the slot, or the slot and {@code W};
 * both products may overflow, because their difference is small. So there is no rounding that could
 * add up over the tickets. The slot's server is found through a guide with at least two entries per
 * server. Immutable.
 */
public final class GoldenWalk implements WeightedTurns {
  private static final double GOLDEN = 0.6180339887498949;
  private static final int SEARCH_RADIUS = 256;

  private final Cycle cycle;
  private final long multiplier;
  private final long step;
  private final long offset;
  private final int[] servers;
  private final long[] ends;
  private final int[] guide;
  private final int guideShift;

  private GoldenWalk(int[] weights, long ticket, double phase) {
    servers = serversWithTurns(weights);
    ends = ends(weights, servers);
    long length = ends[ends.length - 1];
    cycle = Cycle.of(length);
    guideShift = guideShift(length, servers.length);
    guide = guide(ends, guideShift);
    multiplier = multiplier(length);
    step = cycle.fraction(multiplier);
    offset = Math.floorMod(Math.round(phase * length) - stepsFromStart(ticket), length);
  }

  /** As {@link WeightedTurns#of}, with weights that are divided already. */
  static GoldenWalk of(int[] weights, long ticket, double phase) {
    return new GoldenWalk(weights, ticket, phase);
  }

  private static int[] serversWithTurns(int[] weights) {
    int[] servers = new int[weights.length];
    int count = 0;
    for (int server = 0; server < weights.length; server++) {
      if (weights[server] > 0) {
        servers[count++] = server;
      }
    }
    return Arrays.copyOf(servers, count);
  }

  private static long[] ends(int[] weights, int[] servers) {
    long[] ends = new long[servers.length];
    long end = 0;
    for (int i = 0; i < servers.length; i++) {
      end += weights[servers[i]];
      ends[i] = end;
    }
    return ends;
  }

  /** Slots per entry of the guide, as a power of two: two entries per server at least. */
  private static int guideShift(long cycle, int servers) {
    long slotsPerEntry = Math.max(1, cycle / (2L * servers));
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(slotsPerEntry);
  }

  private static int[] guide(long[] ends, int shift) {
    int[] guide = new int[Math.toIntExact(((ends[ends.length - 1] - 1) >>> shift) + 1)];
    int server = 0;
    for (int entry = 0; entry < guide.length; entry++) {
      while (ends[server] <= (long) entry << shift) {
        server++;
      }
      guide[entry] = server;
    }
    return guide;
  }

  private static long multiplier(long cycle) {
    long ideal = Math.round(cycle * GOLDEN);
    long best = 1;
    long bestSum = Long.MAX_VALUE;
    for (long m = Math.max(1, ideal - SEARCH_RADIUS); m <= ideal + SEARCH_RADIUS; m++) {
      long sum = m < cycle ? sumOfPartialQuotients(m, cycle) : Long.MAX_VALUE;
      if (sum < bestSum) {
        best = m;
        bestSum = sum;
      }
    }
    return best;
  }

  /** Euclid's algorithm; {@code Long.MAX_VALUE} if the numbers are not coprime. */
  private static long sumOfPartialQuotients(long m, long cycle) {
    long sum = 0;
    long a = cycle;
    long b = m;
    while (b != 0) {
      sum += a / b;
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a == 1 ? sum : Long.MAX_VALUE;
  }

  @Override
  public int serverAt(long ticket) {
    long slot = slotAt(ticket);
    int server = guide[(int) (slot >>> guideShift)];
    while (ends[server] <= slot) {
      server++;
    }
    return servers[server];
  }

  @Override
  public double phaseAt(long ticket) {
    return (double) slotAt(ticket) / cycle.length();
  }

  @Override
  public long cycle() {
    return cycle.length();
  }

  private long slotAt(long ticket) {
    return cycle.reduce(stepsFromStart(ticket) + offset);
  }

  private long stepsFromStart(long ticket) {
    long turn = cycle.placeOf(ticket);
    return cycle.reduce(turn * multiplier - Cycle.timesFraction(turn, step) * cycle.length());
  }
}
