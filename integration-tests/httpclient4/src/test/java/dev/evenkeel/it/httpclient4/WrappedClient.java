package dev.evenkeel.it.httpclient4;

import java.io.IOException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** An application's client, which runs code of its own and hands the call on. Thread-safe. */
@SuppressWarnings("deprecation") // Two of the abstract methods are.
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
  protected CloseableHttpResponse doExecute(
      @Nullable HttpHost target, HttpRequest request, @Nullable HttpContext context)
      throws IOException {
    wrapper.run();
    return wrapped.execute(target, request, context);
  }

  @Override
  public void close() throws IOException {
    wrapped.close();
  }

  @Override
  public HttpParams getParams() {
    return wrapped.getParams();
  }

  @Override
  public ClientConnectionManager getConnectionManager() {
    return wrapped.getConnectionManager();
  }
}
