package dev.evenkeel.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Threads of an application that make one call after the other, until it is closed or until they
 * have made as many as they were to. No call may fail. Thread-safe.
 */
final class Load implements AutoCloseable {
  private static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong left;
  private final AtomicLongArray made = new AtomicLongArray(THREADS);
  private final Map<String, Long> tally = new ConcurrentHashMap<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Future<?>> done = new ArrayList<>();

  /** One call of an application. */
  @FunctionalInterface
  interface Caller {
    /**
     * Makes it.
     *
     * @param number counts the calls of its thread, from 0
     * @return the server that answered
     * @throws IOException if the call failed
     */
    String call(long number) throws IOException;
  }

  private Load(Caller caller, long calls) {
    left = new AtomicLong(calls);
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      done.add(threads.submit(() -> play(caller, thread)));
    }
  }

  /** Calls from now on, until it is closed. */
  static Load of(Caller caller) {
    return new Load(caller, Long.MAX_VALUE);
  }

  /** Makes so many calls from all threads, and counts them by the server that answered. */
  static Map<String, Long> tally(long calls, Caller caller) {
    try (Load load = new Load(caller, calls)) {
      load.awaitEnd();
      return load.tally;
    }
  }

  private void play(Caller caller, int thread) {
    while (!isOver.get() && left.getAndDecrement() > 0) {
      try {
        String server = caller.call(made.get(thread));
        tally.merge(server, 1L, Long::sum);
      } catch (IOException | RuntimeException | AssertionError e) {
        failures.add(e);
      }
      made.incrementAndGet(thread);
    }
  }

  /**
   * Waits until every thread has begun and ended a call: then what was changed before is in force
   * for every call under way.
   */
  void awaitRound() {
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      long before = made.get(thread);
      // The first of the two may have begun before.
      Await.until("a round of calls", () -> made.get(thread) >= before + 2);
    }
  }

  /** How many calls were made. */
  long calls() {
    long calls = 0;
    for (int i = 0; i < THREADS; i++) {
      calls += made.get(i);
    }
    return calls;
  }

  private void awaitEnd() {
    Await.until("the calls have ended", () -> done.stream().allMatch(Future::isDone));
    threads.shutdown();
  }

  /** Ends after the calls under way, and fails if one of all failed. */
  @Override
  public void close() {
    isOver.set(true);
    awaitEnd();
    assertThat(failures).as("failed calls of %d", calls()).isEmpty();
  }
}
