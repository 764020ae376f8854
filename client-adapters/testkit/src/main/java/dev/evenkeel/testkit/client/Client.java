package dev.evenkeel.testkit.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One application's HTTP client, with its pools and its cookie store. Thread-safe. */
public interface Client extends AutoCloseable {
  /**
   * Sends a request and waits for status and headers.
   *
   * @throws IOException as the library throws it, of the library's own type
   */
  Reply call(Call call) throws IOException;

  /**
   * Starts a call. With {@link Capability#ASYNC} it is the library's own asynchronous form, else
   * {@link #call} on another thread. With {@link Capability#CANCEL}, cancelling the future gives up
   * the call in the library's own way.
   *
   * @return completes at status and headers
   */
  CompletableFuture<Reply> callAsync(Call call);

  /**
   * Opens a WebSocket, sends a text, waits for a text, and closes.
   *
   * @param url with {@code http} or {@code https}
   * @return the text that came back
   */
  default String webSocketEcho(String url, String text) throws IOException {
    throw new UnsupportedOperationException(url + " " + text);
  }

  /**
   * A future as {@link #callAsync} returns it.
   *
   * @param giveUp run when the reply is cancelled: gives up the call in the library's own way
   * @return the same reply
   */
  static CompletableFuture<Reply> cancelling(CompletableFuture<Reply> reply, Runnable giveUp) {
    CompletableFuture<Reply> unused =
        reply.whenComplete(
            (made, failure) -> {
              if (reply.isCancelled()) {
                giveUp.run();
              }
            });
    return reply;
  }

  @Override
  void close();
}
