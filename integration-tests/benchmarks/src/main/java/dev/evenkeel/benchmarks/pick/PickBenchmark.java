package dev.evenkeel.benchmarks.pick;

import com.linecorp.armeria.common.loadbalancer.SimpleLoadBalancer;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One pick: from shared state to the server's object, the weights 1 to 10 over and over.
 *
 * <p>Iterations are shorter than the time slices of a scheduler, so that on a busy machine at least
 * some of the many are not interrupted, and {@link Timing} takes the best. Thread-safe.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 15, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before all else.
public class PickBenchmark {
  static final String LONG_CYCLE = "evenkeelLongCycle";

  /** Makes the sum of the weights too large for a table, and their common divisor stay 1. */
  private static final int LARGE = 1_000_003;

  @Param({"3", "100", "1000", "10000"})
  int servers;

  private Integer[] objects;
  private Tickets tickets;
  // Volatile as in the balancer, where a change of weights puts another order in its place.
  private volatile WeightedTurns turns;
  private volatile WeightedTurns longTurns;
  private SimpleLoadBalancer<Integer> armeria;
  private Object grpc;

  @Setup
  public void build() {
    int[] weights = WeightSet.repeating(servers);
    objects = Picker.servers(weights);
    tickets = new Tickets(0);
    turns = WeightedTurns.of(weights, 0, 0);
    longTurns = WeightedTurns.of(large(weights), 0, 0);
    armeria = Picker.armeria(objects, weights);
    grpc = GrpcStride.scheduler(weights);
  }

  private static int[] large(int[] weights) {
    int[] large = Arrays.stream(weights).map(weight -> weight * LARGE).toArray();
    large[0]++;
    return large;
  }

  @Benchmark
  public Integer evenkeel() {
    return objects[tickets.next(turns)];
  }

  /** The same shares by weights whose sum is above a million: evenkeel's other form. */
  @Benchmark
  public Integer evenkeelLongCycle() {
    return objects[tickets.next(longTurns)];
  }

  @Benchmark
  public @Nullable Integer armeria() {
    return armeria.pick();
  }

  @Benchmark
  public Integer grpc() {
    return objects[GrpcStride.pick(grpc)];
  }
}
