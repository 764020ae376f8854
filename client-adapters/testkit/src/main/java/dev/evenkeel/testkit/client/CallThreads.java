package dev.evenkeel.testkit.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads on which an application makes calls that wait, to wait for none. Thread-safe. */
public final class CallThreads implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** A call that waits for status and headers. */
  @FunctionalInterface
  public interface Waiting {
    /**
     * Makes the call.
     *
     * @param future completes with what this returns or throws
     */
    Reply call(CompletableFuture<Reply> future) throws IOException;
  }

  /** Makes a call; a reply that nobody waits for any more is closed. */
  public CompletableFuture<Reply> start(Waiting waiting) {
    CompletableFuture<Reply> future = new CompletableFuture<>();
    Future<?> running = threads.submit(() -> complete(future, waiting));
    assert running != null;
    return future;
  }

  private static void complete(CompletableFuture<Reply> future, Waiting waiting) {
    try {
      Reply reply = waiting.call(future);
      if (!future.complete(reply)) {
        reply.close();
      }
    } catch (IOException | RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  /** Takes no more calls. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
