package dev.evenkeel.it.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** An application's client, which runs code of its own and hands the call on. Thread-safe. */
final class WrappedClient extends CloseableHttpClient {
  private final CloseableHttpClient wrapped;
  private final Runnable wrapper;

  /**
   * A client around another.
   *
   * @param wrapper run for each call
   */
  WrappedClient(CloseableHttpClient wrapped, Runnable wrapper) {
    this.wrapped = wrapped;
    this.wrapper = wrapper;
  }

  @Override
  @SuppressWarnings("deprecation") // The only form that returns what this one has to.
  protected CloseableHttpResponse doExecute(
      @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context)
      throws IOException {
    wrapper.run();
    return wrapped.execute(target, request, context);
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
