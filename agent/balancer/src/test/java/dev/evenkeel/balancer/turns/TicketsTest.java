package dev.evenkeel.balancer.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {
  private static final int[] WEIGHTS = {3, 2, 1, 0, 5};

  @ParameterizedTest
  @ValueSource(
      longs = {
        -1,
        -500,
        Integer.MAX_VALUE - 3L,
        (1L << 32) - 3,
        Tickets.LIMIT - 1,
        Tickets.LIMIT - 40,
        Tickets.LIMIT
      })
  void next_anyFirstTicket_isExactInEveryWindow(long first) {
    WeightedTurns turns = WeightedTurns.of(WEIGHTS, 0, 0);
    Tickets tickets = new Tickets(first);
    int cycle = (int) turns.cycle();

    int[] drawn = new int[10 * cycle];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = tickets.next(turns);
    }

    for (int start = 0; start + cycle <= drawn.length; start++) {
      int from = start;
      assertThat(TurnCounts.of(i -> drawn[from + (int) i], WEIGHTS.length, 0, cycle))
          .isEqualTo(WEIGHTS);
    }
  }

  @Test
  void next_acrossTheLimit_startsOverFarBelowIt() {
    WeightedTurns turns = WeightedTurns.of(WEIGHTS, 0, 0);
    Tickets tickets = new Tickets(Tickets.LIMIT);

    tickets.next(turns);

    assertThat(tickets.peek()).isBetween(0L, turns.cycle());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 0",
    "8, 0",
    "2, -100",
    "8, -100",
    "2, 4611686018427387000",
    "8, 4611686018427387000"
  })
  void next_manyThreads_isExactOverFullCycles(int threads, long first) throws Exception {
    WeightedTurns turns = WeightedTurns.of(WEIGHTS, 0, 0);
    Tickets tickets = new Tickets(first);
    int drawsPerThread = 1_000 * (int) turns.cycle();

    int[] total = countOnThreads(threads, drawsPerThread, turns, tickets);

    for (int server = 0; server < WEIGHTS.length; server++) {
      assertThat(total[server]).isEqualTo(1_000 * threads * WEIGHTS[server]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7})
  void spread_everyFewTickets_isEvenOverTheRange(int ticketsBetween) {
    WeightedTurns turns = WeightedTurns.of(WEIGHTS, 0, 0);
    Tickets tickets = new Tickets(-1_000);
    int[] counts = new int[3];

    for (int i = 0; i < 3_000; i++) {
      counts[(int) tickets.spread(3)]++;
      for (int ticket = 0; ticket < ticketsBetween; ticket++) {
        tickets.next(turns);
      }
    }

    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(980, 1_020));
    assertThat(tickets.spread(0)).isZero();
    assertThat(tickets.spread(1L << 61)).isBetween(0L, (1L << 61) - 1);
  }

  private static int[] countOnThreads(int threads, int draws, WeightedTurns turns, Tickets tickets)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(threads);
      List<Future<int[]>> results = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        results.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return TurnCounts.of(i -> tickets.next(turns), WEIGHTS.length, 0, draws);
                }));
      }
      int[] total = new int[WEIGHTS.length];
      for (Future<int[]> result : results) {
        for (int server = 0; server < total.length; server++) {
          total[server] += result.get()[server];
        }
      }
      return total;
    } finally {
      pool.shutdown();
    }
  }
}
