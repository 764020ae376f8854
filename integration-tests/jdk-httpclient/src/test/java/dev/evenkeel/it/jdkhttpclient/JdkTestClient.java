package dev.evenkeel.it.jdkhttpclient;

import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One {@link HttpClient} with an executor of its own. Thread-safe. */
final class JdkTestClient implements Client {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client;
  private final Duration timeout;

  JdkTestClient(ClientOptions options, Version version) {
    timeout = options.timeout();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .executor(threads)
            .version(version)
            .followRedirects(options.isRedirectFollowed() ? Redirect.NORMAL : Redirect.NEVER);
    if (options.hasCookieStore()) {
      builder.cookieHandler(new CookieManager());
    }
    if (options.hook() != null) {
      builder.cookieHandler(new HookedCookies(options.hook()));
    }
    if (options.trust() != null) {
      builder.sslContext(options.trust().sslContext());
    }
    if (options.proxy() != null) {
      builder.proxy(ProxySelector.of(options.proxy()));
    }
    HttpClient plain = builder.build();
    Runnable wrapper = options.wrapper();
    client = wrapper == null ? plain : new WrappedClient(plain, wrapper);
  }

  @Override
  public Reply call(Call call) throws IOException {
    try {
      return reply(client.send(request(call), BodyHandlers.ofInputStream()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request(call), BodyHandlers.ofInputStream());
    CompletableFuture<Reply> future = new CompletableFuture<>();
    CompletableFuture<HttpResponse<InputStream>> unused =
        sent.whenComplete((response, failure) -> complete(future, response, failure));
    return Client.cancelling(future, () -> sent.cancel(true));
  }

  private static void complete(
      CompletableFuture<Reply> future,
      @Nullable HttpResponse<InputStream> response,
      @Nullable Throwable failure) {
    if (response == null) {
      future.completeExceptionally(failure);
    } else {
      future.complete(reply(response));
    }
  }

  @Override
  public String webSocketEcho(String url, String text) throws IOException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(url.replaceFirst("^http", "ws")), new Echo(answer))
              .get();
      WebSocket sent = socket.sendText(text, true).get();
      String heard = answer.get();
      WebSocket closed = sent.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
      closed.abort();
      return heard;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.url())).timeout(timeout);
    call.headers().forEach(header -> add(request, header));
    return request
        .method(
            call.method(), call.body() == null ? BodyPublishers.noBody() : publisher(call.body()))
        .build();
  }

  /** An expectation is a setting of the request, and refused as a header. */
  private static void add(HttpRequest.Builder request, Call.Header header) {
    if (header.name().equals("Expect")) {
      request.expectContinue(true);
    } else {
      request.header(header.name(), header.value());
    }
  }

  private static BodyPublisher publisher(Body body) {
    BodyPublisher streamed = BodyPublishers.ofInputStream(body::open);
    return body.length() <= 0 ? streamed : BodyPublishers.fromPublisher(streamed, body.length());
  }

  private static Reply reply(HttpResponse<@Nullable InputStream> response) {
    InputStream received = response.body();
    // A proxy's answer to the client's own CONNECT has none.
    InputStream body = received == null ? InputStream.nullInputStream() : received;
    Map<String, List<String>> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new Reply(response.statusCode(), headers, body, response.uri().toString(), body);
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  /** Keeps no cookie, and runs the application's code when it is asked for some. Thread-safe. */
  private static final class HookedCookies extends CookieHandler {
    private final Runnable hook;

    HookedCookies(Runnable hook) {
      this.hook = hook;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
      hook.run();
      return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {}
  }

  /** Hears one text. Thread-safe. */
  private record Echo(CompletableFuture<String> answer) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean isLast) {
      answer.complete(data.toString());
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      answer.completeExceptionally(error);
    }
  }
}
