package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.CallThreads;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.util.Timeout;

/** One {@link CloseableHttpClient}. Thread-safe. */
final class ClassicTestClient implements Client {
  /** More calls at once than any test makes. */
  private static final int MANY = 1_000;

  private final ClassicDriver driver;
  private final CloseableHttpClient client;

  /** That of each request: the minimal client has no default. */
  private final RequestConfig config;

  private final CallThreads threads = new CallThreads();

  /**
   * @param driver knows what differs by version
   */
  ClassicTestClient(ClientOptions options, ClassicDriver driver) {
    this.driver = driver;
    Timeout timeout = Timeout.ofMilliseconds(options.timeout().toMillis());
    RequestConfig.Builder requests = RequestConfig.custom().setResponseTimeout(timeout);
    PoolingHttpClientConnectionManagerBuilder connections =
        driver.connections(options.trust()).setMaxConnTotal(MANY).setMaxConnPerRoute(MANY);
    driver.setConnectTimeout(timeout, connections, requests);
    config = requests.build();
    CloseableHttpClient plain =
        driver.isMinimal()
            ? HttpClients.createMinimal(connections.build())
            : whole(options, connections.build(), timeout);
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedClient(plain, wrapper);
  }

  @SuppressWarnings("deprecation") // The constructor that says the same otherwise came later.
  private CloseableHttpClient whole(
      ClientOptions options, HttpClientConnectionManager connections, Timeout timeout) {
    HttpClientBuilder builder =
        HttpClients.custom().setConnectionManager(connections).setDefaultRequestConfig(config);
    // The library's own wait for "100 Continue" is 3 s, and then it sends the body all the same.
    builder.setRequestExecutor(new HttpRequestExecutor(timeout, null, null));
    Runnable hook = options.hook();
    if (hook != null) {
      builder.addRequestInterceptorLast((request, entity, context) -> hook.run());
    }
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

  @Override
  public Reply call(Call call) throws IOException {
    return call(request(call));
  }

  private Reply call(HttpUriRequestBase request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    ClassicHttpResponse response = driver.send(client, request, context);
    HttpEntity entity = response.getEntity();
    return new Reply(
        response.getCode(),
        byName(List.of(response.getHeaders())),
        entity == null ? InputStream.nullInputStream() : entity.getContent(),
        url(context),
        () -> entity == null ? Map.of() : trailers(entity),
        response);
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    HttpUriRequestBase request = request(call);
    return Client.cancelling(threads.start(unused -> call(request)), request::cancel);
  }

  private HttpUriRequestBase request(Call call) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(call.url()));
    if (driver.isMinimal()) {
      request.setConfig(config);
    }
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    if (call.body() != null) {
      request.setEntity(new TestEntity(call.body()));
    }
    return request;
  }

  private static Map<String, List<String>> trailers(HttpEntity entity) {
    return byName(entity.getTrailers().get());
  }

  private static Map<String, List<String>> byName(List<? extends Header> fields) {
    return Reply.byName(fields, Header::getName, Header::getValue);
  }

  /**
   * The request that the answer belongs to, which after a redirect is the last one; empty where
   * none was sent, as it is a proxy's answer.
   */
  private static String url(HttpClientContext context) {
    HttpRequest sent = context.getRequest();
    try {
      return sent == null ? "" : sent.getUri().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.close();
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of a call, as HttpClient asks for it. Thread-safe. */
  private static final class TestEntity extends AbstractHttpEntity {
    private final Body body;

    TestEntity(Body body) {
      super((String) null, null, body.length() < 0);
      this.body = body;
    }

    @Override
    public boolean isRepeatable() {
      return body.isRepeatable();
    }

    @Override
    public long getContentLength() {
      return body.length();
    }

    @Override
    public InputStream getContent() {
      return body.open();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = body.open()) {
        in.transferTo(out);
      }
    }

    @Override
    public boolean isStreaming() {
      return !body.isRepeatable();
    }

    @Override
    public void close() {}
  }
}
