package dev.evenkeel.balancer.turns;

import java.util.Arrays;

/**
 * The whole cycle written down: turn {@code k} of server {@code i} has the virtual time {@code (k +
 * stagger(i)) / weight(i)}, and the turns stand in the order of their times.
 *
 * <p>Without the stagger, servers of equal weight would have equal times and their turns would come
 * in bursts. Multiples of the golden ratio, less their whole part, spread any number of servers
 * evenly. Immutable.
 */
public final class TurnTable implements WeightedTurns {
  private static final double GOLDEN = 0.6180339887498949;
  private static final int MAX_NARROW_SERVERS = 1 << Character.SIZE;
  private static final int[] NONE = {};
  private static final char[] NONE_NARROW = {};

  private final char[] narrow;
  private final int[] wide;
  private final boolean isNarrow;
  private final Cycle cycle;
  private final int offset;

  private TurnTable(int[] turns, boolean isNarrow, int offset) {
    this.isNarrow = isNarrow;
    this.narrow = isNarrow ? narrowed(turns) : NONE_NARROW;
    this.wide = isNarrow ? NONE : turns;
    this.cycle = Cycle.of(turns.length);
    this.offset = offset;
  }

  /** As {@link WeightedTurns#of}, with weights that are divided already. */
  static TurnTable of(int[] weights, long ticket, double phase) {
    int cycle = Math.toIntExact(Arrays.stream(weights).asLongStream().sum());
    int offset = Math.floorMod(Math.round(phase * cycle) - Math.floorMod(ticket, cycle), cycle);
    return new TurnTable(turns(weights, cycle), weights.length <= MAX_NARROW_SERVERS, offset);
  }

  /**
   * A counting sort with as many buckets as turns: one turn per bucket on the average, so that
   * putting each into its place within the bucket is cheap.
   */
  private static int[] turns(int[] weights, int cycle) {
    int[] next = bucketStarts(weights, cycle);
    double[] times = new double[cycle];
    int[] turns = new int[cycle];
    for (int server = 0; server < weights.length; server++) {
      for (int k = 0; k < weights[server]; k++) {
        double time = time(server, k, weights[server]);
        int at = next[bucket(time, cycle)]++;
        for (; at > 0 && times[at - 1] > time; at--) {
          times[at] = times[at - 1];
          turns[at] = turns[at - 1];
        }
        times[at] = time;
        turns[at] = server;
      }
    }
    return turns;
  }

  private static int[] bucketStarts(int[] weights, int cycle) {
    int[] starts = new int[cycle + 1];
    for (int server = 0; server < weights.length; server++) {
      for (int k = 0; k < weights[server]; k++) {
        starts[bucket(time(server, k, weights[server]), cycle) + 1]++;
      }
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    return starts;
  }

  private static double time(int server, int k, int weight) {
    double multiple = server * GOLDEN;
    return (k + multiple - Math.floor(multiple)) / weight;
  }

  private static int bucket(double time, int cycle) {
    return Math.min((int) (time * cycle), cycle - 1);
  }

  private static char[] narrowed(int[] turns) {
    char[] narrowed = new char[turns.length];
    for (int i = 0; i < turns.length; i++) {
      narrowed[i] = (char) turns[i];
    }
    return narrowed;
  }

  @Override
  public int serverAt(long ticket) {
    int turn = turnAt(ticket);
    return isNarrow ? narrow[turn] : wide[turn];
  }

  @Override
  public double phaseAt(long ticket) {
    return (double) turnAt(ticket) / cycle.length();
  }

  @Override
  public long cycle() {
    return cycle.length();
  }

  private int turnAt(long ticket) {
    return (int) cycle.reduce(cycle.placeOf(ticket) + offset);
  }
}
