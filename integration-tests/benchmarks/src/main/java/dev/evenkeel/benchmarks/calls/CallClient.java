package dev.evenkeel.benchmarks.calls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** A GET by one of the client libraries, as an application would write it. Thread-safe. */
@FunctionalInterface
interface CallClient {
  /** Enough that no way of calling is short of connections: each thread may keep one per server. */
  int MAX_CONNECTIONS = 256;

  /**
   * Sends one GET and reads the response to its end.
   *
   * @throws IOException also for a status other than 200
   */
  String get(String url) throws IOException;

  /**
   * A client with a pool of its own.
   *
   * @param library {@code okhttp} or {@code httpclient5}
   */
  static CallClient of(String library) {
    return switch (library) {
      case "okhttp" -> okhttp();
      case "httpclient5" -> httpclient5();
      default ->
          throw new IllegalArgumentException(
              "client: " + library + " (expected: okhttp or httpclient5)");
    };
  }

  private static CallClient okhttp() {
    ConnectionPool pool = new ConnectionPool(MAX_CONNECTIONS, 5, TimeUnit.MINUTES);
    OkHttpClient client = new OkHttpClient.Builder().connectionPool(pool).build();
    return url -> {
      Request request = new Request.Builder().url(url).build();
      try (Response response = client.newCall(request).execute()) {
        requireOk(response.code(), url);
        return response.body().string();
      }
    };
  }

  private static CallClient httpclient5() {
    CloseableHttpClient client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .build())
            .build();
    return url ->
        client.execute(
            new HttpGet(url),
            response -> {
              requireOk(response.getCode(), url);
              return EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
            });
  }

  private static void requireOk(int status, String url) throws IOException {
    if (status != 200) {
      throw new IOException(url + " answered " + status);
    }
  }
}
