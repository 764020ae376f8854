package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.AsyncClient;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.server.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One {@link CloseableHttpAsyncClient} with connection pools. Thread-safe. */
final class AsyncTestClient implements AsyncClient {
  /** More calls at once than any test makes. */
  private static final int MANY = 1_000;

  private final CloseableHttpAsyncClient client;

  /**
   * @param isSharing as {@link #connections}
   */
  AsyncTestClient(ClientOptions options, boolean isSharing) {
    PoolingAsyncClientConnectionManagerBuilder connections =
        connections(options.trust(), isSharing)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(Timeout.of(options.timeout())).build());
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(connections.build())
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(options.timeout())).build());
    if (!options.isRedirectFollowed()) {
      builder.disableRedirectHandling();
    }
    if (!options.hasCookieStore()) {
      builder.disableCookieManagement();
    }
    CloseableHttpAsyncClient plain = builder.build();
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedAsyncClient(plain, wrapper);
    client.start();
  }

  /**
   * Pools for many calls.
   *
   * @param isSharing calls share a connection where it is HTTP/2, which came with 5.5
   */
  static PoolingAsyncClientConnectionManagerBuilder connections(
      @Nullable Trust trust, boolean isSharing) {
    PoolingAsyncClientConnectionManagerBuilder connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setMaxConnTotal(MANY)
            .setMaxConnPerRoute(MANY);
    if (isSharing) {
      connections.setMessageMultiplexing(true);
    }
    return trust == null ? connections : connections.setTlsStrategy(tls(trust));
  }

  static TlsStrategy tls(Trust trust) {
    return new DefaultClientTlsStrategy(trust.sslContext());
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    HttpClientContext context = HttpClientContext.create();
    PushedReply reply = new PushedReply(context);
    Future<Void> running =
        client.execute(
            new BasicRequestProducer(
                request(call), call.body() == null ? null : new StreamedBody(call.body())),
            reply,
            context,
            reply.outcome());
    return reply.of(running);
  }

  private static BasicHttpRequest request(Call call) {
    BasicHttpRequest request = new BasicHttpRequest(call.method(), URI.create(call.url()));
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    return request;
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
