package dev.evenkeel.it.httpclient5;

import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** As {@link WrappedClient}, around an asynchronous client. Thread-safe. */
final class WrappedAsyncClient extends CloseableHttpAsyncClient {
  private final CloseableHttpAsyncClient wrapped;
  private final Runnable wrapper;

  /**
   * A client around another.
   *
   * @param wrapper run for each call
   */
  WrappedAsyncClient(CloseableHttpAsyncClient wrapped, Runnable wrapper) {
    this.wrapped = wrapped;
    this.wrapper = wrapper;
  }

  @Override
  protected <T> Future<T> doExecute(
      @Nullable HttpHost target,
      AsyncRequestProducer request,
      AsyncResponseConsumer<T> response,
      @Nullable HandlerFactory<AsyncPushConsumer> pushed,
      @Nullable HttpContext context,
      @Nullable FutureCallback<T> callback) {
    wrapper.run();
    return wrapped.execute(target, request, response, pushed, context, callback);
  }

  @Override
  public void start() {
    wrapped.start();
  }

  @Override
  public IOReactorStatus getStatus() {
    return wrapped.getStatus();
  }

  @Override
  public void awaitShutdown(TimeValue time) throws InterruptedException {
    wrapped.awaitShutdown(time);
  }

  @Override
  public void initiateShutdown() {
    wrapped.initiateShutdown();
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract all the same.
  public void register(String host, String uriPattern, Supplier<AsyncPushConsumer> supplier) {
    wrapped.register(host, uriPattern, supplier);
  }

  @Override
  public void close() throws IOException {
    wrapped.close();
  }

  @Override
  public void close(CloseMode mode) {
    wrapped.close(mode);
  }
}
