package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.jspecify.annotations.Nullable;

/** Either asynchronous client of Apache HttpClient 5. Not thread-safe; one per exchange. */
final class HttpClient5AsyncSubject implements Subject {
  private static final Tls TLS = Tls.create();

  private final HttpClient5Views views;
  private final PoolingAsyncClientConnectionManager connections;
  private final CloseableHttpAsyncClient client;

  private HttpClient5AsyncSubject(
      HttpClient5Views views,
      PoolingAsyncClientConnectionManager connections,
      CloseableHttpAsyncClient client) {
    this.views = views;
    this.connections = connections;
    this.client = client;
    client.start();
  }

  static Subject full(Seen seen, Wire wire) {
    HttpClient5Views views = new HttpClient5Views(seen);
    PoolingAsyncClientConnectionManager connections = connections(wire);
    return new HttpClient5AsyncSubject(
        views,
        connections,
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setDefaultCookieStore(views.cookies())
            .setDefaultCredentialsProvider(views)
            .setRetryStrategy(HttpClient5Views.RETRIES)
            .addRequestInterceptorLast(views)
            .addResponseInterceptorFirst(views)
            .addExecInterceptorFirst(
                "watched",
                (request, entity, scope, chain, callback) -> {
                  seen.add("exec " + request.getRequestUri() + " on " + scope.route);
                  chain.proceed(request, entity, scope, callback);
                })
            .build());
  }

  /** The one into which nothing can be hung. */
  static Subject minimal(Seen seen, Wire wire) {
    PoolingAsyncClientConnectionManager connections = connections(wire);
    return new HttpClient5AsyncSubject(
        new HttpClient5Views(seen), connections, HttpAsyncClients.createMinimal(connections));
  }

  private static PoolingAsyncClientConnectionManager connections(Wire wire) {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setTlsStrategy(new DefaultClientTlsStrategy(TLS.context()))
        .setDefaultTlsConfig(
            TlsConfig.custom()
                .setVersionPolicy(
                    wire == Wire.HTTP_2_PLAIN
                        ? HttpVersionPolicy.FORCE_HTTP_2
                        : HttpVersionPolicy.NEGOTIATE)
                .build())
        .build();
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws Exception {
    BasicHttpRequest request = new BasicHttpRequest(call.method(), URI.create(url));
    headers.forEach(field -> request.addHeader(field[0], field[1]));
    HttpClientContext context = HttpClientContext.create();
    try {
      SimpleHttpResponse response =
          client
              .execute(
                  new BasicRequestProducer(request, call.body() == null ? null : body(call)),
                  SimpleResponseConsumer.create(),
                  context,
                  null)
              .get();
      views.answer(response, response.getBodyBytes(), context);
    } catch (ExecutionException e) {
      views.after(context);
      throw e;
    } finally {
      // A call is over shortly before its connection is free for the next.
      while (connections.getTotalStats().getLeased() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  private static AsyncEntityProducer body(Call call) {
    byte[] bytes = call.bytes();
    return call.isChunked()
        ? new ChunkedBody(ByteBuffer.wrap(bytes))
        : new BasicAsyncEntityProducer(bytes, (ContentType) null);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** A body that does not tell its length. Confined to the reactor. */
  private static final class ChunkedBody extends AbstractBinAsyncEntityProducer {
    private final ByteBuffer bytes;

    ChunkedBody(ByteBuffer bytes) {
      super(0, null);
      this.bytes = bytes;
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public void releaseResources() {
      bytes.rewind();
      super.releaseResources();
    }

    @Override
    protected int availableData() {
      return bytes.remaining();
    }

    @Override
    protected void produceData(StreamChannel<ByteBuffer> channel) throws IOException {
      channel.write(bytes);
      if (!bytes.hasRemaining()) {
        channel.endStream();
      }
    }

    @Override
    public void failed(@Nullable Exception cause) {}
  }
}
