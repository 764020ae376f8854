package dev.evenkeel.balancer.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorShareTest {
  private final MirrorShare share = new MirrorShare();

  private List<Integer> due(int percent, int calls) {
    List<Integer> due = new ArrayList<>();
    for (int call = 1; call <= calls; call++) {
      if (share.draw(percent)) {
        due.add(call);
      }
    }
    return due;
  }

  @ParameterizedTest
  @CsvSource({
    "10, '[1, 11, 21]'",
    "50, '[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29]'",
    "33, '[1, 4, 7, 10, 13, 16, 19, 22, 25, 28]'",
    "1, '[1]'",
    "0, '[]'"
  })
  void draws_ofTheFirstThirty_areTraefiks(int percent, String expected) {
    assertThat(due(percent, 30)).hasToString(expected);
  }

  @Test
  void draws_ofEveryPercentage_areTraefiksCountByCount() {
    for (int percent = 0; percent <= 100; percent++) {
      MirrorShare fresh = new MirrorShare();
      long total = 0;
      long count = 0;
      for (int call = 0; call < 250; call++) {
        total++;
        boolean isDue = count * 100 < total * percent;
        count += isDue ? 1 : 0;

        assertThat(fresh.draw(percent)).as("%s %% call %s", percent, total).isEqualTo(isDue);
      }
    }
  }

  @Test
  void takenBack_afterLaterDraws_isAsIfNeverDrawn() {
    assertThat(share.draw(50)).isTrue();
    assertThat(share.draw(50)).isFalse();
    assertThat(share.draw(50)).isTrue();

    share.takeBack(50, true);

    assertThat(share.draw(50)).isTrue();
    share.takeBack(50, true);
    assertThat(due(50, 4)).containsExactly(1, 3);
  }

  @Test
  void takenBack_callThatWasNotDue_countsNoMore() {
    assertThat(share.draw(10)).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(share.draw(10)).isFalse();
      share.takeBack(10, false);
    }

    assertThat(due(10, 10)).containsExactly(10);
  }

  @Test
  void draws_ofManyThreads_areExactTogether() throws InterruptedException {
    AtomicInteger due = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(
              () -> {
                awaitQuietly(go);
                for (int i = 0; i < 10_000; i++) {
                  if (share.draw(7)) {
                    due.incrementAndGet();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(due.get()).isEqualTo(5_600);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
