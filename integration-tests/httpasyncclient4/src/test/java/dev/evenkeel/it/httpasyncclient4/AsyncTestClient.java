package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.AsyncClient;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;

/** One {@link CloseableHttpAsyncClient}. Thread-safe. */
class AsyncTestClient implements AsyncClient {
  private final CloseableHttpAsyncClient client;
  private final boolean isCancelledByItsFuture;

  /**
   * A client as its driver made it, which is started here.
   *
   * @param isCancelledByItsFuture false: a call is given up by its request
   */
  AsyncTestClient(
      ClientOptions options, CloseableHttpAsyncClient plain, boolean isCancelledByItsFuture) {
    this.isCancelledByItsFuture = isCancelledByItsFuture;
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedClient(plain, wrapper);
    client.start();
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    HttpClientContext context = HttpClientContext.create();
    PushedReply reply = reply(context);
    HttpUriRequest request = request(call);
    Future<Boolean> running = client.execute(producer(request), reply, context, reply.ending());
    return reply.of(isCancelledByItsFuture ? () -> cancel(running) : request::abort);
  }

  private static void cancel(Future<?> running) {
    boolean unused = running.cancel(true);
  }

  PushedReply reply(HttpClientContext context) {
    return new PushedReply(context);
  }

  HttpAsyncRequestProducer producer(HttpUriRequest request) {
    return HttpAsyncMethods.create(request);
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
