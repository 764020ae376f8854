package dev.evenkeel.benchmarks.pick;

import dev.evenkeel.balancer.strategy.Fnv1a;
import dev.evenkeel.balancer.strategy.Hashing;
import dev.evenkeel.balancer.strategy.LeastTime;
import dev.evenkeel.balancer.strategy.Loads;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.balancer.strategy.PowerOfTwoChoices;
import dev.evenkeel.balancer.strategy.ResponseTimes;
import dev.evenkeel.balancer.strategy.Strategy;
import dev.evenkeel.balancer.strategy.WeightedRoundRobin;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
 * One pick of each strategy among servers that are all open, with loads that differ. The numbers of
 * servers are those where the strategies change their ways, and a large one. Thread-safe.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 15, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before all else.
public class StrategyBenchmark {
  /** The benchmark methods, which go by the names that files have for the strategies. */
  static final List<String> NAMES = List.of("wrr", "p2c", "leasttime", "hrw");

  @Param({"3", "64", "10000"})
  int servers;

  private OpenServers members;
  private Long call;
  // Volatile as in the balancer, where a change of weights puts another strategy in its place.
  private volatile Strategy wrr;
  private volatile Strategy p2c;
  private volatile Strategy leastTime;
  private volatile Strategy hrw;

  @Setup
  public void build() {
    int[] weights = WeightSet.repeating(servers);
    members = new OpenServers(servers);
    call = Fnv1a.append(Fnv1a.START, "tenant-42");
    Tickets tickets = new Tickets(0);
    WeightedTurns turns = WeightedTurns.of(weights, 0, 0);
    wrr = new WeightedRoundRobin(tickets, turns);
    p2c = new PowerOfTwoChoices(tickets, turns, weights, members);
    leastTime = new LeastTime(tickets, turns, weights, members);
    List<String> names =
        IntStream.range(0, servers).mapToObj(i -> "http://server-" + i + ":8080").toList();
    hrw = new Hashing().strategy(names, weights, weights, wrr);
  }

  @Benchmark
  public int wrr() {
    return wrr.pick(members, call);
  }

  @Benchmark
  public int p2c() {
    return p2c.pick(members, call);
  }

  @Benchmark
  public int leasttime() {
    return leastTime.pick(members, call);
  }

  @Benchmark
  public int hrw() {
    return hrw.pick(members, call);
  }

  /** Servers that take every call; a call is its own key. */
  private static final class OpenServers implements Members<Long>, Loads {
    private final AtomicInteger[] inFlight;
    private final ResponseTimes[] times;

    OpenServers(int servers) {
      inFlight = new AtomicInteger[servers];
      Arrays.setAll(inFlight, i -> new AtomicInteger(i % 3));
      times = new ResponseTimes[servers];
      Arrays.setAll(times, i -> times(TimeUnit.MILLISECONDS.toNanos(5 + i % 7)));
    }

    private static ResponseTimes times(long nanos) {
      ResponseTimes times = new ResponseTimes();
      times.record(nanos, System.nanoTime());
      return times;
    }

    @Override
    public int size() {
      return inFlight.length;
    }

    @Override
    public boolean isOpen(Long call, int member) {
      return true;
    }

    @Override
    public int openWeight(Long call, int member, int round) {
      return 1;
    }

    @Override
    public boolean paysTurn(int member) {
      return false;
    }

    @Override
    public long key(Long call) {
      return call;
    }

    @Override
    public int inFlight(int member) {
      return inFlight[member].get();
    }

    @Override
    public ResponseTimes times(int member) {
      return times[member];
    }

    @Override
    public long typicalNanos() {
      return 0;
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }
}
