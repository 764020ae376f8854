package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OpenAttemptsTest {
  private static final int OPEN = 10_000;

  private final Fixture fixture = new Fixture().apply(orders(server(A, 1)));
  private final OpenAttempts open = fixture.balancer.openAttempts();

  private List<Attempt> begin(int calls) {
    List<Attempt> held = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      held.add(fixture.open().next());
    }
    return held;
  }

  @Test
  void table_oneCallAtATime_staysSmall() {
    for (int i = 0; i < 1_000_000; i++) {
      fixture.call();
    }

    assertThat(open.slots()).isEqualTo(OpenAttempts.FIRST_SLOTS);
  }

  @Test
  void table_manyOpenCallsAtOneInstant_growsWithThemAndNotBeyond() {
    List<Attempt> held = begin(OPEN);

    assertThat(open.slots()).isBetween(OPEN / 2, 16 * OPEN);
    assertThat(open.count()).isEqualTo(OPEN);
    held.forEach(attempt -> attempt.end(Outcome.COMPLETED));
    assertThat(open.count()).isZero();
  }

  @Test
  void table_heldFullForLong_staysItsSize() {
    begin(OPEN).forEach(attempt -> attempt.end(Outcome.COMPLETED));
    int slots = open.slots();

    List<Attempt> held = begin(OPEN / 2);
    for (int i = 0; i < 1_000_000; i++) {
      fixture.call();
    }

    assertThat(open.slots()).isLessThanOrEqualTo(2 * slots);
    assertThat(open.count()).isEqualTo(OPEN / 2);
    held.forEach(attempt -> attempt.end(Outcome.COMPLETED));
  }

  @Test
  void table_manyThreads_losesAndKeepsNobody() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<List<Attempt>>> results = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      results.add(
          callers.submit(
              () -> {
                start.await();
                List<Attempt> all = begin(OPEN / threads);
                all.subList(0, all.size() / 2).forEach(each -> each.end(Outcome.COMPLETED));
                return all;
              }));
    }

    List<Attempt> held = new ArrayList<>();
    for (Future<List<Attempt>> result : results) {
      held.addAll(result.get());
    }
    callers.shutdown();

    assertThat(open.count()).isEqualTo(OPEN / 2).isEqualTo(fixture.view(A).inFlight());
    held.forEach(attempt -> attempt.end(Outcome.COMPLETED));
    assertThat(open.count()).isZero();
  }
}
