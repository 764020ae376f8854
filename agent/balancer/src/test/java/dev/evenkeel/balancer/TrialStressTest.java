package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invariant: however many threads pick at once, a server on trial gets exactly one call. */
class TrialStressTest {
  private static final int ROUNDS = 500;
  private static final int THREADS = 4;
  private static final int PICKS = 20;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdown();
  }

  @Test
  void trial_manyThreadsPickAtOnce_getsOneCall() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Fixture fixture = onTrial();
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Long>> pickers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        pickers.add(threads.submit(() -> picksOfA(fixture, start)));
      }
      start.countDown();
      long all = 0;
      for (Future<Long> picker : pickers) {
        all += picker.get();
      }

      assertThat(all).as("round %d", round).isEqualTo(1);
    }
  }

  private static long picksOfA(Fixture fixture, CountDownLatch start) throws InterruptedException {
    start.await();
    long picks = 0;
    for (int i = 0; i < PICKS; i++) {
      Attempt attempt = fixture.balancer.open("orders", "", Fixture.READER).next();
      picks += attempt.server().url().equals(A) ? 1 : 0;
    }
    return picks;
  }

  private static Fixture onTrial() {
    Fixture fixture = new Fixture();
    fixture.apply(
        pool("orders", null, null, server(A, 1), server(B, 1))
            .with(new PassiveHealthCheckSpec(Duration.ofSeconds(1), 1)));
    while (fixture.view(A).state() == State.UP) {
      Attempt attempt = fixture.open().next();
      boolean isA = attempt.server().url().equals(A);
      attempt.end(isA ? Outcome.CONNECT_FAILED : Outcome.COMPLETED);
      fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
    }
    fixture.loop.advance(Duration.ofMillis(1_300));
    assertThat(fixture.view(A).reason()).endsWith("one call tries it");
    return fixture;
  }
}
