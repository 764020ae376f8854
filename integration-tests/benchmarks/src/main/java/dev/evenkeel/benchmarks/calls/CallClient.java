package dev.evenkeel.benchmarks.calls;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.http.impl.client.HttpClientBuilder;

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
   * @param library the name of its adapter, or {@code httpclient5-async}
   */
  static CallClient of(String library) {
    return switch (library) {
      case "okhttp" -> okhttp();
      case "httpclient5" -> httpclient5();
      case "httpclient5-async" -> httpclient5Async();
      case "httpclient4" -> httpclient4();
      case "jdk-httpclient" -> jdkHttpClient();
      case "url-connection" -> CallClient::byUrlConnection;
      default ->
          throw new IllegalArgumentException(
              "client: "
                  + library
                  + " (expected: okhttp, httpclient5, httpclient5-async, httpclient4,"
                  + " jdk-httpclient or url-connection)");
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

  private static CallClient httpclient5Async() {
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .build())
            .build();
    client.start();
    return url -> {
      SimpleHttpResponse response =
          result(client.execute(SimpleRequestBuilder.get(url).build(), null));
      requireOk(response.getCode(), url);
      return response.getBodyText();
    };
  }

  private static CallClient httpclient4() {
    org.apache.http.impl.client.CloseableHttpClient client =
        HttpClientBuilder.create()
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .setMaxConnTotal(MAX_CONNECTIONS)
            .build();
    return url ->
        client.execute(
            new org.apache.http.client.methods.HttpGet(url),
            response -> {
              requireOk(response.getStatusLine().getStatusCode(), url);
              return org.apache.http.util.EntityUtils.toString(
                  response.getEntity(), StandardCharsets.UTF_8);
            });
  }

  private static CallClient jdkHttpClient() {
    HttpClient client = HttpClient.newHttpClient();
    return url -> {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      HttpResponse<String> response =
          result(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      requireOk(response.statusCode(), url);
      return response.body();
    };
  }

  private static String byUrlConnection(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    requireOk(connection.getResponseCode(), url);
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static <T> T result(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static void requireOk(int status, String url) throws IOException {
    if (status != 200) {
      throw new IOException(url + " answered " + status);
    }
  }
}
