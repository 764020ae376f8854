package dev.evenkeel.it.httpasyncclient4;

import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;

/** A client of the application's own type around the library's. Thread-safe. */
final class WrappedClient extends CloseableHttpAsyncClient {
  private final CloseableHttpAsyncClient wrapped;
  private final Runnable wrapper;

  /**
   * A client around another.
   *
   * @param wrapper run for each call
   */
  WrappedClient(CloseableHttpAsyncClient wrapped, Runnable wrapper) {
    this.wrapped = wrapped;
    this.wrapper = wrapper;
  }

  @Override
  public <T> Future<T> execute(
      HttpAsyncRequestProducer request,
      HttpAsyncResponseConsumer<T> response,
      HttpContext context,
      FutureCallback<T> callback) {
    wrapper.run();
    return wrapped.execute(request, response, context, callback);
  }

  @Override
  public void start() {
    wrapped.start();
  }

  @Override
  public boolean isRunning() {
    return wrapped.isRunning();
  }

  @Override
  public void close() throws IOException {
    wrapped.close();
  }
}
