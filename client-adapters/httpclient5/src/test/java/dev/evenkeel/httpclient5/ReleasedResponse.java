package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A response, and when its connection is the pool's again: the client tells its future before that.
 * Thread-safe where the library's is.
 */
final class ReleasedResponse implements AsyncResponseConsumer<SimpleHttpResponse> {
  final CompletableFuture<Boolean> released = new CompletableFuture<>();
  private final SimpleResponseConsumer simple = SimpleResponseConsumer.create();

  /** The text of an answer, when its connection is the pool's again; fails as the call does. */
  static String get(CloseableHttpAsyncClient client, String url, @Nullable HttpContext context)
      throws Exception {
    ReleasedResponse response = new ReleasedResponse();
    try {
      String text =
          client
              .execute(
                  SimpleRequestProducer.create(SimpleRequestBuilder.get(url).build()),
                  response,
                  context,
                  null)
              .get(10, TimeUnit.SECONDS)
              .getBodyText();
      response.released.get(10, TimeUnit.SECONDS);
      return text;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<SimpleHttpResponse> callback)
      throws HttpException, IOException {
    simple.consumeResponse(response, entity, context, callback);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    simple.informationResponse(response, context);
  }

  @Override
  public void failed(Exception cause) {
    simple.failed(cause);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    simple.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    simple.consume(bytes);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    simple.streamEnd(trailers);
  }

  @Override
  public void releaseResources() {
    simple.releaseResources();
    released.complete(true);
  }
}
