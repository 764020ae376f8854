package dev.evenkeel.it.httpclient4;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.RequestLine;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.protocol.HttpRequestExecutor;

/** One {@link CloseableHttpClient}. Thread-safe. */
final class ClassicTestClient implements Client {
  /** More calls at once than any test makes. */
  private static final int MANY = 1_000;

  private final CloseableHttpClient client;
  private final CallThreads threads = new CallThreads();

  /**
   * A client as its driver begins it.
   *
   * @param builder gets what the options ask for
   */
  ClassicTestClient(ClientOptions options, HttpClientBuilder builder) {
    int timeoutMillis = (int) options.timeout().toMillis();
    builder
        .setMaxConnTotal(MANY)
        .setMaxConnPerRoute(MANY)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectTimeout(timeoutMillis)
                .setSocketTimeout(timeoutMillis)
                .build());
    // The library's own wait for "100 Continue" is 3 s, and then it sends the body all the same.
    builder.setRequestExecutor(new HttpRequestExecutor(timeoutMillis));
    Runnable hook = options.hook();
    if (hook != null) {
      builder.addInterceptorLast((HttpRequestInterceptor) (request, context) -> hook.run());
    }
    if (options.trust() != null) {
      builder.setSSLContext(options.trust().sslContext());
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
    CloseableHttpClient plain = builder.build();
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedClient(plain, wrapper);
  }

  @Override
  public Reply call(Call call) throws IOException {
    return call(request(call));
  }

  private Reply call(HttpUriRequest request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    CloseableHttpResponse response = client.execute(request, context);
    HttpEntity entity = response.getEntity();
    return new Reply(
        response.getStatusLine().getStatusCode(),
        Reply.byName(
            List.of(response.getAllHeaders()),
            header -> header.getName(),
            header -> header.getValue()),
        entity == null ? InputStream.nullInputStream() : entity.getContent(),
        url(context, request),
        response);
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    HttpUriRequest request = request(call);
    return Client.cancelling(threads.start(unused -> call(request)), request::abort);
  }

  /** Only with a body is it one that encloses an entity, which the client's own retries tell. */
  private static HttpUriRequest request(Call call) {
    RequestBuilder request = RequestBuilder.create(call.method()).setUri(call.url());
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    if (call.body() != null) {
      request.setEntity(new TestEntity(call.body()));
    }
    return request.build();
  }

  /** The request that the answer belongs to, which after a redirect is the last one. */
  private static String url(HttpClientContext context, HttpUriRequest request) {
    RequestLine sent = context.getRequest().getRequestLine();
    if (sent.getMethod().equals("CONNECT")) {
      // With 4.5 the context keeps the one for the tunnel, where a call had to make it.
      return request.getURI().toString();
    }
    URI path = URI.create(sent.getUri());
    return URIUtils.resolve(URI.create(context.getTargetHost().toURI()), path).toString();
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
      this.body = body;
      setChunked(body.length() < 0);
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
  }
}
