package dev.evenkeel.scenarios.stories;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The application of the stories, on {@code java.net.http}. Thread-safe. */
final class Shop {
  /** The service that all stories are about, which is also its host. */
  static final String SERVICE = "orders";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A call without a session; gives the name of the server that answered it. */
  String call() throws IOException {
    return call("/", null);
  }

  /**
   * A call that has to go well.
   *
   * @param session null for none
   * @return the name of the server that answered it
   * @throws IOException if it failed in any way
   */
  String call(String path, @Nullable String session) throws IOException {
    try {
      return server(client.send(request(path, session), BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** As {@link #call(String, String)}, without waiting for the answer. */
  CompletableFuture<String> start(String path, String session) {
    return client
        .sendAsync(request(path, session), BodyHandlers.ofString())
        .thenApply(
            response -> {
              try {
                return server(response);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static HttpRequest request(String path, @Nullable String session) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + SERVICE + path)).timeout(Await.BOUND);
    return session == null ? request.build() : request.header("X-Session-Id", session).build();
  }

  private static String server(HttpResponse<String> response) throws IOException {
    String name = response.headers().firstValue(TestServer.NAME_HEADER).orElse("nobody");
    if (response.statusCode() != 200) {
      throw new IOException(name + " answered " + response.statusCode());
    }
    return name;
  }
}
