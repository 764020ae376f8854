package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;

/** The asynchronous client of Apache HttpClient 5. Not thread-safe; one per exchange. */
final class HttpClient5AsyncSubject implements Subject {
  private final HttpClient5Views views;
  private final PoolingAsyncClientConnectionManager connections =
      PoolingAsyncClientConnectionManagerBuilder.create().build();
  private final CloseableHttpAsyncClient client;

  HttpClient5AsyncSubject(Seen seen) {
    views = new HttpClient5Views(seen);
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setDefaultCookieStore(views.cookies())
            .setDefaultCredentialsProvider(views)
            .addRequestInterceptorLast(views)
            .addResponseInterceptorFirst(views)
            .addExecInterceptorFirst(
                "watched",
                (request, entity, scope, chain, callback) -> {
                  seen.add("exec " + request.getRequestUri() + " on " + scope.route);
                  chain.proceed(request, entity, scope, callback);
                })
            .build();
    client.start();
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
