package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.AsyncClient;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;

/** One {@link CloseableHttpAsyncClient}. Thread-safe. */
final class AsyncTestClient implements AsyncClient {
  /** More calls at once than any test makes. */
  private static final int MANY = 1_000;

  private final CloseableHttpAsyncClient client;
  private final boolean isCancelledByItsFuture;

  /**
   * A client as its driver begins it.
   *
   * @param builder gets what the options ask for
   * @param isCancelledByItsFuture false: a call is given up by its request
   */
  AsyncTestClient(
      ClientOptions options, HttpAsyncClientBuilder builder, boolean isCancelledByItsFuture) {
    this.isCancelledByItsFuture = isCancelledByItsFuture;
    int timeoutMillis = (int) options.timeout().toMillis();
    builder
        .setMaxConnTotal(MANY)
        .setMaxConnPerRoute(MANY)
        // The library's own wait for "100 Continue" is 3 s, and then it sends the body all the
        // same.
        .setEventHandler(new HttpAsyncRequestExecutor(timeoutMillis))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectTimeout(timeoutMillis)
                .setSocketTimeout(timeoutMillis)
                .setRedirectsEnabled(options.isRedirectFollowed())
                .build());
    if (options.trust() != null) {
      builder.setSSLContext(options.trust().sslContext());
    }
    if (!options.hasCookieStore()) {
      builder.disableCookieManagement();
    }
    CloseableHttpAsyncClient plain = builder.build();
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedClient(plain, wrapper);
    client.start();
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    HttpClientContext context = HttpClientContext.create();
    PushedReply reply = new PushedReply(context);
    HttpUriRequest request = request(call);
    Future<Boolean> running =
        client.execute(HttpAsyncMethods.create(request), reply, context, reply.ending());
    return reply.of(isCancelledByItsFuture ? () -> cancel(running) : request::abort);
  }

  private static void cancel(Future<?> running) {
    boolean unused = running.cancel(true);
  }

  private static HttpUriRequest request(Call call) {
    RequestBuilder request = RequestBuilder.create(call.method()).setUri(call.url());
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    if (call.body() != null) {
      request.setEntity(new StreamedBody(call.body()));
    }
    return request.build();
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
