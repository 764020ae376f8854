package dev.evenkeel.it.okhttp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An application with a cache, a network interceptor and a listener, for which each host has an
 * address that nobody listens on before the one of its server: calls a URL twice with a client
 * derived from another one, and says in lines what all of them saw. Stateless. Thread-safe.
 */
public final class ViewsApplication implements UnaryOperator<String> {
  @Override
  public String apply(String url) {
    List<String> seen = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("views");
      Cache cache = new Cache(folder.toFile(), 1 << 20);
      OkHttpClient client = client(cache, seen);
      for (int i = 0; i < 2; i++) {
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
          seen.add(text(response));
        } catch (IOException failed) {
          seen.add("failed " + failed);
        }
      }
      cache.delete();
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.join("\n", seen);
  }

  private static OkHttpClient client(Cache cache, List<String> seen) {
    return new OkHttpClient()
        .newBuilder()
        .cache(cache)
        .dns(host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()))
        .addNetworkInterceptor(
            chain -> {
              seen.add("network " + chain.request().url());
              return chain.proceed(chain.request());
            })
        .eventListener(
            new EventListener() {
              /** OkHttp 3 does not tell this. */
              @Override
              public void proxySelectStart(Call call, HttpUrl url) {
                seen.add("selecting for " + url);
              }

              @Override
              public void requestHeadersEnd(Call call, Request request) {
                seen.add("sent " + request.url());
              }
            })
        .build();
  }

  private static String text(Response response) throws IOException {
    return (response.cacheResponse() == null ? "" : "cached ")
        + (response.handshake() == null ? "plain " : "encrypted ")
        + response.body().string()
        + " of "
        + response.request().url();
  }
}
