package dev.evenkeel.scenarios.differential.subjects;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Lets the application wait for what the listener of its WebSocket hears. Thread-safe. */
final class Ear {
  /** More than any exchange waits for: after the end nobody waits any more. */
  private static final int ALL = 1_000;

  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Semaphore messages = new Semaphore(0);

  void open() {
    opened.complete(true);
  }

  void heard() {
    messages.release();
  }

  void end() {
    opened.complete(false);
    ended.complete(true);
    messages.release(ALL);
  }

  boolean isEnded() {
    return ended.isDone();
  }

  /** False if the WebSocket did not come to be. */
  boolean awaitOpen() {
    return opened.join();
  }

  /** Waits for one more message, or for the end. */
  void awaitMessage() {
    messages.acquireUninterruptibly();
  }

  void awaitEnd() {
    boolean unused = ended.join();
  }
}
