package dev.evenkeel.testkit.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A client that has only an asynchronous form: its application waits by itself. Thread-safe. */
public interface AsyncClient extends Client {
  @Override
  default Reply call(Call call) throws IOException {
    CompletableFuture<Reply> reply = callAsync(call);
    try {
      return reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException thrown) {
        throw thrown;
      }
      throw new IOException(e.getCause());
    }
  }
}
