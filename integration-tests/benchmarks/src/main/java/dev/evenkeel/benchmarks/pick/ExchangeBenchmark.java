package dev.evenkeel.benchmarks.pick;

import dev.evenkeel.balancer.BalancerListener;
import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceBalancer;
import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** All that the balancer does for one call, of a service without sticky sessions. Thread-safe. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 15, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before all else.
public class ExchangeBenchmark {
  static final String LEFT_ALONE = "leftAlone";
  static final String BALANCED = "balanced";

  @Param({"3", "100", "1000", "10000"})
  int servers;

  // Not constants, so that their hash and their comparison are not folded away.
  private String ours;
  private String other;
  private String request;
  private ServiceBalancer balancer;

  @Setup
  public void build() {
    ours = "orders";
    other = "another-host.example.com";
    request = "/hello";
    balancer =
        new ServiceBalancer(
            new IdleLoop(),
            System::nanoTime,
            new Random(1),
            (server, check, done) -> {
              throw new AssertionError("a probe, without a health check");
            },
            MirrorSender.NONE,
            new NoFaults());
    balancer.apply(new BalancerSpec(List.of(orders())));
  }

  private LoadBalancerSpec orders() {
    int[] weights = WeightSet.repeating(servers);
    List<ServerSpec> specs =
        IntStream.range(0, servers)
            .mapToObj(i -> ServerSpec.of("http://server-" + i + ":8080", weights[i]))
            .toList();
    return LoadBalancerSpec.of("orders", specs, null, null, true);
  }

  /** A call that was left alone for a fault would look fast. */
  @TearDown
  public void requireNoFaults() {
    if (balancer.faults() != 0) {
      throw new IllegalStateException("faults: " + balancer.faults());
    }
  }

  /** A call to a host that is not balanced. */
  @Benchmark
  public @Nullable Exchange leftAlone() {
    return balancer.open(other, request, PathOnly.READER);
  }

  /** A call that is balanced, from its begin to its end. */
  @Benchmark
  public Attempt balanced() {
    Exchange exchange =
        Objects.requireNonNull(balancer.open(ours, request, PathOnly.READER), "not balanced");
    Attempt attempt = Objects.requireNonNull(exchange.next(), "no server");
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
    return attempt;
  }

  private enum PathOnly implements RequestReader<String> {
    READER;

    @Override
    public String method(String request) {
      return "GET";
    }

    @Override
    public String target(String request) {
      return request;
    }

    @Override
    public @Nullable String header(String request, String name) {
      return null;
    }

    @Override
    public @Nullable String cookies(String request) {
      return null;
    }
  }

  /** What is due at once runs at once; nothing else ever does. */
  private static final class IdleLoop implements ControlLoop {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      return () -> {};
    }
  }

  private static final class NoFaults implements BalancerListener {
    @Override
    public void stateChanged(
        ServerView server, dev.evenkeel.balancer.State from, dev.evenkeel.balancer.State to) {}

    @Override
    public void servicesChanged() {}

    @Override
    public void callLost(String service) {}

    @Override
    public void addressesFound(String host, List<String> addresses) {}

    @Override
    public void lookUpFailed(String host, String reason, List<String> kept) {}

    @Override
    public void faulted(String where, Throwable fault) {
      throw new AssertionError(where, fault);
    }
  }
}
