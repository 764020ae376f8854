package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  private static final int CALLS = 100_000;

  /**
   * The exchange, 56; the attempt with its place among the open ones, 72; the adapter's hold, 16.
   */
  private static final long BYTES_PER_CALL = 144;

  private final Fixture fixture = new Fixture();
  private int sink;

  /** Bytes of all calls together; less than one per call is the measuring's own. */
  private static long allocatedBytes(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100, 10_000})
  void pickOfATable_warm_allocatesNothing(int servers) {
    WeightedTurns turns =
        WeightedTurns.of(IntStream.range(0, servers).map(i -> 1 + i % 10).toArray(), 0, 0);
    Tickets tickets = new Tickets(0);

    assertThat(allocatedBytes(() -> sink += tickets.next(turns))).isLessThan(CALLS / 100);
  }

  @Test
  void pickOfAGoldenWalk_warm_allocatesNothing() {
    WeightedTurns turns = WeightedTurns.of(new int[] {1 << 20, 3, 1}, 0, 0);
    Tickets tickets = new Tickets(0);

    assertThat(allocatedBytes(() -> sink += tickets.next(turns))).isLessThan(CALLS / 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "Example.COM", "example.com.", "[::2]"})
  void open_notOurs_allocatesNothing(String host) {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));

    long bytes =
        allocatedBytes(
            () -> sink += fixture.balancer.open(host, "", Fixture.READER) == null ? 1 : 0);

    assertThat(bytes).isLessThan(CALLS / 100);
    assertThat(sink).isPositive();
  }

  @Test
  void call_plain_allocatesTheExchangeAndTheAttemptOnly() {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));

    assertThat(allocatedBytes(this::bareCall)).isLessThanOrEqualTo(CALLS * BYTES_PER_CALL);
  }

  @Test
  void call_withEveryRuleOfHealth_allocatesNoMore() {
    fixture.apply(
        Fixture.pool("orders", null, null, server(A, 3), server(B, 2), server(C, 1))
            .with(new PassiveHealthCheckSpec(Duration.ofSeconds(10), 3))
            .with(Rules.extras(Rules.busyAt(429))));

    assertThat(allocatedBytes(this::bareCall)).isLessThanOrEqualTo(CALLS * BYTES_PER_CALL);
    assertThat(fixture.loop.waitingTasks()).isZero();
  }

  private void bareCall() {
    Attempt attempt = fixture.balancer.open("orders", "", Fixture.READER).next();
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
    sink += attempt.server().port();
  }
}
