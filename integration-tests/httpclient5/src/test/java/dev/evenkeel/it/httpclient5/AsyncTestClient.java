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
import java.util.regex.Pattern;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalH2AsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One {@link CloseableHttpAsyncClient} with connection pools. Thread-safe. */
final class AsyncTestClient implements AsyncClient {
  /** More calls at once than any test makes. */
  private static final int MANY = 1_000;

  private final CloseableHttpAsyncClient client;

  /** That of each call: the minimal client has no default. */
  private final RequestConfig config;

  private final boolean isPortNamed;

  /**
   * @param isSharing as {@link #connections}
   * @param isMinimal for the client that is made by {@code HttpAsyncClients.createMinimal}
   */
  AsyncTestClient(ClientOptions options, boolean isSharing, boolean isMinimal) {
    PoolingAsyncClientConnectionManagerBuilder connections =
        connections(options.trust(), isSharing)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(Timeout.of(options.timeout())).build());
    config = configOf(options);
    isPortNamed = false;
    client =
        started(
            isMinimal
                ? HttpAsyncClients.createMinimal(connections.build())
                : whole(options, connections.build()),
            options);
  }

  private AsyncTestClient(CloseableHttpAsyncClient client, RequestConfig config) {
    this.client = client;
    this.config = config;
    this.isPortNamed = true;
  }

  /** The client of {@code createHttp2Minimal}, which has no way to a URL that names no port. */
  static AsyncTestClient http2Minimal(ClientOptions options) {
    Trust trust = options.trust();
    Timeout timeout = Timeout.of(options.timeout());
    MinimalH2AsyncClient client =
        trust == null
            ? HttpAsyncClients.createHttp2Minimal()
            : HttpAsyncClients.createHttp2Minimal(
                H2Config.DEFAULT, IOReactorConfig.DEFAULT, tls(trust));
    // A session that nobody uses is closed by it too, and one of these must outlast a connect.
    Timeout silence = Timeout.ofMilliseconds(4 * timeout.toMilliseconds());
    ConnectionConfig connection =
        ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(silence).build();
    client.setConnectionConfigResolver(host -> connection);
    return new AsyncTestClient(started(client, options), configOf(options));
  }

  private static RequestConfig configOf(ClientOptions options) {
    return RequestConfig.custom().setResponseTimeout(Timeout.of(options.timeout())).build();
  }

  private static CloseableHttpAsyncClient started(
      CloseableHttpAsyncClient plain, ClientOptions options) {
    Runnable wrapper = options.wrapper();
    CloseableHttpAsyncClient client =
        wrapper == null ? plain : new WrappedAsyncClient(plain, wrapper);
    client.start();
    return client;
  }

  private CloseableHttpAsyncClient whole(
      ClientOptions options, AsyncClientConnectionManager connections) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom().setConnectionManager(connections).setDefaultRequestConfig(config);
    if (!options.isRedirectFollowed()) {
      builder.disableRedirectHandling();
    }
    if (!options.hasCookieStore()) {
      builder.disableCookieManagement();
    }
    if (options.proxy() != null) {
      builder.setProxy(new HttpHost(options.proxy().getHostString(), options.proxy().getPort()));
    }
    return builder.build();
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
    context.setRequestConfig(config);
    PushedReply reply = new PushedReply(context, isPortNamed);
    Future<Void> running =
        client.execute(
            new BasicRequestProducer(
                request(call), call.body() == null ? null : new StreamedBody(call.body())),
            reply,
            context,
            reply.outcome());
    return reply.of(running);
  }

  private BasicHttpRequest request(Call call) {
    URI uri = URI.create(isPortNamed ? withPort(call.url()) : call.url());
    BasicHttpRequest request = new BasicHttpRequest(call.method(), uri);
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    return request;
  }

  private static String withPort(String url) {
    URI uri = URI.create(url);
    String host = uri.getRawAuthority();
    return uri.getPort() >= 0
        ? url
        : url.replaceFirst(
            Pattern.quote(host), host + ("https".equals(uri.getScheme()) ? ":443" : ":80"));
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
