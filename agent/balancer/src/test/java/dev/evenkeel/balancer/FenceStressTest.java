package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The test's own thread is the control thread here; others make calls all the while. Invariant: a
 * pick that begins after {@code fence} returned, and ends before {@code unfence} is called, is not
 * the fenced server, even if its exchange was opened before the fence.
 */
class FenceStressTest {
  private static final int ROUNDS = 1_000;
  private static final int THREADS = 3;

  private final Fixture fixture = new Fixture();

  /** Odd while A is fenced for sure. */
  private final AtomicInteger epoch = new AtomicInteger();

  private final AtomicLong picks = new AtomicLong();
  private final AtomicLong picksWhileFenced = new AtomicLong();
  private final AtomicLong wrongPicks = new AtomicLong();
  private final AtomicBoolean isOver = new AtomicBoolean();

  @Test
  @Timeout(60)
  void fence_againstPicks_noPickLandsOnAFencedServer() throws Exception {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(pool.submit(this::callUntilOver));
      }
      for (int round = 0; round < ROUNDS; round++) {
        fenceForAtLeastOnePick(round);
      }
      isOver.set(true);
      for (Future<?> caller : callers) {
        caller.get();
      }
    } finally {
      isOver.set(true);
      pool.shutdown();
    }

    assertThat(wrongPicks).hasValue(0);
    assertThat(picksWhileFenced).hasValueGreaterThanOrEqualTo(ROUNDS);
    assertThat(fixture.service().calls()).isEqualTo(picks.get());
    assertThat(fixture.service().servers().stream().mapToLong(ServerView::calls).sum())
        .isEqualTo(picks.get());
    assertThat(fixture.service().servers()).allMatch(server -> server.inFlight() == 0);
  }

  private void fenceForAtLeastOnePick(int round) {
    fixture.balancer.fence("orders", A);
    epoch.incrementAndGet();
    long seen = picksWhileFenced.get();
    fixture.balancer.setWeight("orders", B, 1 + round % 5);
    while (picksWhileFenced.get() == seen) {
      Thread.onSpinWait();
    }
    epoch.incrementAndGet();
    fixture.balancer.unfence("orders", A);
  }

  private void callUntilOver() {
    while (!isOver.get()) {
      Exchange exchange = fixture.balancer.open("orders", "", Fixture.READER);
      Thread.onSpinWait();
      int before = epoch.get();
      Attempt attempt = exchange.next();
      boolean wasFenced = before % 2 == 1 && epoch.get() == before;
      attempt.end(Outcome.COMPLETED);
      picks.incrementAndGet();
      if (wasFenced) {
        wrongPicks.addAndGet(attempt.server().url().equals(A) ? 1 : 0);
        picksWhileFenced.incrementAndGet();
      }
    }
  }
}
