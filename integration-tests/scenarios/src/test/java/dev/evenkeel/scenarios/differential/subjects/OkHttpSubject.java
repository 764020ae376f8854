package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Cache;
import okhttp3.Connection;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.Route;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp with both kinds of interceptor, an event listener and a cache. Not thread-safe; one per
 * exchange.
 */
final class OkHttpSubject implements Subject {
  private static final Tls TLS = Tls.create();

  private final Seen seen;
  private final Path folder;
  private final OkHttpClient client;
  private final List<Cookie> cookies = new ArrayList<>();

  OkHttpSubject(Seen seen, Wire wire) throws IOException {
    this.seen = seen;
    folder = Files.createTempDirectory("okhttp");
    client =
        new OkHttpClient.Builder()
            .cache(new Cache(folder.toFile(), 1 << 20))
            .sslSocketFactory(TLS.context().getSocketFactory(), TLS.trust())
            .socketFactory(new PromptSocketFactory())
            .cookieJar(new Jar())
            .authenticator(this::authenticated)
            .eventListener(new OkHttpEvents(seen))
            .addInterceptor(chain -> watched("application", chain))
            .addNetworkInterceptor(chain -> watched("network", chain))
            .protocols(
                wire == Wire.HTTP_2_PLAIN
                    ? List.of(Protocol.H2_PRIOR_KNOWLEDGE)
                    : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
            .build();
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws IOException {
    Request.Builder request = new Request.Builder().url(url);
    headers.forEach(field -> request.addHeader(field[0], field[1]));
    if (call.moves() != null) {
      new OkHttpSocket(seen).talk(client, request.build(), call.moves());
      return;
    }
    request.method(call.method(), call.body() == null ? null : body(call));
    try (Response response = client.newCall(request.build()).execute()) {
      seen.add("status " + response.protocol() + " " + response.code() + " " + response.message());
      seen.add("uri " + response.request().url());
      response.headers().forEach(pair -> seen.header(pair.getFirst(), pair.getSecond()));
      view("network", response.networkResponse());
      view("cache", response.cacheResponse());
      for (Response prior = response.priorResponse(); prior != null; ) {
        view("prior", prior);
        prior = prior.priorResponse();
      }
      seen.body(response.body().string());
      response.trailers().forEach(pair -> seen.header(pair.getFirst(), pair.getSecond()));
    }
  }

  private void view(String kind, @Nullable Response response) {
    if (response != null) {
      seen.add(kind + " " + response.code() + " of " + response.request().url());
      response
          .request()
          .headers()
          .forEach(h -> seen.add(kind + " sent " + h.getFirst() + ": " + h.getSecond()));
    }
  }

  private static RequestBody body(Call call) {
    byte[] bytes = call.bytes();
    if (!call.isChunked()) {
      return RequestBody.create(bytes, null);
    }
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
      }
    };
  }

  private Response watched(String kind, Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    seen.add(kind + " interceptor " + request.method() + " " + request.url());
    request.headers().forEach(h -> seen.add(kind + " " + h.getFirst() + ": " + h.getSecond()));
    Connection connection = chain.connection();
    if (connection != null) {
      Route route = connection.route();
      seen.add("route to " + route.address().url() + " by " + route.proxy());
    }
    Response response = chain.proceed(request);
    seen.add(kind + " interceptor " + response.code() + " of " + response.request().url());
    return response;
  }

  private @Nullable Request authenticated(@Nullable Route route, Response response) {
    seen.add("authenticator for " + response.request().url() + " " + response.challenges());
    if (response.request().header("Authorization") != null) {
      return null;
    }
    return response
        .request()
        .newBuilder()
        .header("Authorization", Credentials.basic(USER, PASSWORD))
        .build();
  }

  @Override
  public void close() throws IOException {
    List<String> urls = new ArrayList<>();
    client.cache().urls().forEachRemaining(urls::add);
    seen.add("cache holds " + urls);
    client.cache().close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Keeps all cookies. Not thread-safe; one per client. */
  private final class Jar implements CookieJar {
    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      seen.add("cookies for " + url);
      return cookies.stream().filter(cookie -> cookie.matches(url)).toList();
    }

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> more) {
      seen.add("cookies of " + url + " " + more);
      cookies.addAll(more);
    }
  }
}
