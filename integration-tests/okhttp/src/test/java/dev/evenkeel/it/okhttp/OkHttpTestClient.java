package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** One {@link OkHttpClient}. Thread-safe. */
final class OkHttpTestClient implements Client {
  /** More calls at once than any test makes. */
  private static final int MANY = 1_000;

  private final OkHttpClient plain;
  private final OkHttpClient client;

  OkHttpTestClient(ClientOptions options) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(MANY);
    dispatcher.setMaxRequestsPerHost(MANY);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .followRedirects(options.isRedirectFollowed())
            .connectTimeout(options.timeout())
            .readTimeout(options.timeout());
    if (options.hasCookieStore()) {
      builder.cookieJar(new CookieStore());
    }
    if (options.trust() != null) {
      builder.sslSocketFactory(
          options.trust().sslContext().getSocketFactory(), options.trust().trustManager());
    }
    Runnable hook = options.hook();
    if (hook != null) {
      builder.addNetworkInterceptor(
          chain -> {
            hook.run();
            return chain.proceed(chain.request());
          });
    }
    if (options.proxy() != null) {
      builder.proxySelector(ProxySelector.of(options.proxy()));
    }
    plain = builder.build();
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedClient(plain, wrapper);
  }

  @Override
  public Reply call(Call call) throws IOException {
    return reply(client.newCall(request(call)).execute());
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    okhttp3.Call started = client.newCall(request(call));
    CompletableFuture<Reply> future = new CompletableFuture<>();
    started.enqueue(
        new Callback() {
          @Override
          public void onFailure(okhttp3.Call call, IOException failure) {
            future.completeExceptionally(failure);
          }

          @Override
          public void onResponse(okhttp3.Call call, Response response) {
            if (!future.complete(reply(response))) {
              response.close();
            }
          }
        });
    return Client.cancelling(future, started::cancel);
  }

  @Override
  public String webSocketEcho(String url, String text) throws IOException {
    Echo echo = new Echo(text);
    client.newWebSocket(new Request.Builder().url(url).build(), echo);
    try {
      return echo.answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static Request request(Call call) {
    Request.Builder request = new Request.Builder().url(call.url());
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    return request
        .method(call.method(), call.body() == null ? null : new TestBody(call.body()))
        .build();
  }

  private static Reply reply(Response response) {
    return new Reply(
        response.code(),
        response.headers().toMultimap(),
        response.body().byteStream(),
        response.request().url().toString(),
        () -> trailers(response),
        response);
  }

  private static Map<String, List<String>> trailers(Response response) {
    try {
      return response.trailers().toMultimap();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
  }

  /** The body of a call, as OkHttp asks for it. Thread-safe. */
  private static final class TestBody extends RequestBody {
    private final Body body;

    TestBody(Body body) {
      this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      return body.length();
    }

    @Override
    public boolean isOneShot() {
      return !body.isRepeatable();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (InputStream in = body.open()) {
        in.transferTo(sink.outputStream());
      }
    }
  }

  /** Sends a text once open, and closes after the first text that comes. Thread-safe. */
  private static final class Echo extends WebSocketListener {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final String text;
    private volatile String heard = "";

    Echo(String text) {
      this.text = text;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      webSocket.send(text);
    }

    @Override
    public void onMessage(WebSocket webSocket, String message) {
      heard = message;
      webSocket.close(1000, null);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
      answer.complete(heard);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
      answer.completeExceptionally(failure);
    }
  }
}
