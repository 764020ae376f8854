package dev.evenkeel.runtime.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.balancer.mirror.MirroredRequest;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MirrorLinesTest {
  private static final int PLACES = 16;

  private final MirrorBudget budget = new MirrorBudget(1_000, 100);
  private final Semaphore letIn = new Semaphore(0);
  private final MirrorLines lines = new MirrorLines(PLACES, budget, letIn::release);

  /** A copy that nobody sends. */
  private record Copy(String mirror, long bytes) implements MirroredCall {
    @Override
    public MirroredRequest request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Exchange open() {
      throw new UnsupportedOperationException();
    }

    @Override
    public TimeoutsSpec timeouts(Attempt attempt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void done() {}
  }

  private int join(String mirror, int copies, long bytes) {
    int joined = 0;
    for (int i = 0; i < copies; i++) {
      joined += lines.join(new Copy(mirror, bytes)) ? 1 : 0;
    }
    return joined;
  }

  private List<MirrorLines.Turn> turns() {
    List<MirrorLines.Turn> turns = new ArrayList<>();
    for (MirrorLines.Turn turn = lines.next(); turn != null; turn = lines.next()) {
      turns.add(turn);
    }
    return turns;
  }

  private static Map<String, Integer> byMirror(List<MirrorLines.Turn> turns) {
    Map<String, Integer> counts = new TreeMap<>();
    turns.forEach(turn -> counts.merge(turn.call().mirror(), 1, Integer::sum));
    return counts;
  }

  @Test
  void places_areHeldByEachMirrorAsFarAsItLeavesAsManyFree() {
    for (String mirror : List.of("a", "b", "c", "d", "e", "f")) {
      assertThat(join(mirror, 20, 0)).isEqualTo(20);
    }

    List<MirrorLines.Turn> turns = turns();
    assertThat(byMirror(turns)).isEqualTo(Map.of("a", 8, "b", 4, "c", 2, "d", 1, "e", 1));
    assertThat(lines.held()).isEqualTo(PLACES);
    assertThat(letIn.availablePermits()).isEqualTo(PLACES);

    lines.end(turns.get(0));

    assertThat(byMirror(turns())).as("the place of one of eight").isEqualTo(Map.of("f", 1));
  }

  @Test
  void copies_thatWait_takeNoMoreOfTheBudgetThanTheyLeave() {
    assertThat(join("many", 1_000, 0)).isEqualTo(8 + 100);
    assertThat(join("large", 1_000, 400)).isEqualTo(4 + 3);
    assertThat(join("other", 2, 400)).as("places come first").isEqualTo(2);
  }

  @Test
  void copies_thatLeave_giveTheirPlacesBack() {
    join("a", 20, 1);

    int left = 0;
    while (lines.leave() != null) {
      left++;
    }

    assertThat(left).isEqualTo(20);
    assertThat(lines.held()).isZero();
    assertThat(lines.next()).isNull();
  }

  @Test
  void copies_ofManyThreads_areAllLetInAndGiveTheirPlacesBack() {
    int joiners = 4;
    int each = 20_000;
    AtomicInteger joined = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(joiners + 2);
    List<CompletableFuture<Void>> joining = new ArrayList<>();
    for (int i = 0; i < joiners; i++) {
      String mirror = "m" + i;
      joining.add(
          CompletableFuture.runAsync(() -> joined.addAndGet(join(mirror, each, 1)), threads));
    }
    CompletableFuture<Void> allJoined =
        CompletableFuture.allOf(joining.toArray(CompletableFuture[]::new));
    List<CompletableFuture<Void>> sending = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      sending.add(
          CompletableFuture.runAsync(
              () -> {
                while (!allJoined.isDone() || sent.get() < joined.get()) {
                  MirrorLines.Turn turn = lines.next();
                  if (turn != null) {
                    sent.incrementAndGet();
                    lines.end(turn);
                  }
                }
              },
              threads));
    }
    CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).join();
    threads.shutdown();

    assertThat(sent.get()).isEqualTo(joined.get()).isGreaterThanOrEqualTo(joiners);
    assertThat(lines.held()).isZero();
    assertThat(lines.leave()).as("copies that nobody let in").isNull();
  }
}
