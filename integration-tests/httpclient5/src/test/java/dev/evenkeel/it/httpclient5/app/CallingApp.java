package dev.evenkeel.it.httpclient5.app;

import dev.evenkeel.testkit.server.TestServer;
import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/**
 * An application that posts to a URL twice with each of the clients that it is told, by what the
 * library has since 5.0, and prints who answered what. Stateless. Thread-safe.
 */
public final class CallingApp {
  private CallingApp() {}

  /** Client and URL, as often as you like. */
  @SuppressWarnings("SystemOut") // What the test reads.
  public static void main(String[] clientsAndUrls) throws Exception {
    for (int i = 0; i < clientsAndUrls.length; i += 2) {
      String client = clientsAndUrls[i];
      for (String answer : post(client, clientsAndUrls[i + 1])) {
        System.out.println(client + ": " + answer);
      }
    }
  }

  private static String[] post(String client, String url) throws Exception {
    return switch (client) {
      case "classic" -> post(HttpClients.createDefault(), url);
      case "minimal" -> post(HttpClients.createMinimal(), url);
      case "async" -> post(HttpAsyncClients.createDefault(), url);
      case "http2" -> post(HttpAsyncClients.createHttp2Default(), url);
      default -> throw new IllegalArgumentException(client);
    };
  }

  private static String[] post(CloseableHttpClient opened, String url) throws Exception {
    try (CloseableHttpClient client = opened) {
      return new String[] {post(client, url, "one"), post(client, url, "two")};
    }
  }

  private static String post(CloseableHttpClient client, String url, String body) throws Exception {
    HttpPost request = new HttpPost(url);
    request.setEntity(new StringEntity(body));
    return client.execute(
        request,
        response ->
            answer(
                response.getCode(),
                response.getFirstHeader(TestServer.NAME_HEADER).getValue(),
                EntityUtils.toString(response.getEntity())));
  }

  private static String[] post(CloseableHttpAsyncClient opened, String url) throws Exception {
    try (CloseableHttpAsyncClient client = opened) {
      client.start();
      return new String[] {post(client, url, "one"), post(client, url, "two")};
    }
  }

  private static String post(CloseableHttpAsyncClient client, String url, String body)
      throws Exception {
    SimpleHttpResponse response =
        client
            .execute(
                new BasicRequestProducer(
                    "POST",
                    URI.create(url),
                    new BasicAsyncEntityProducer(body, ContentType.TEXT_PLAIN)),
                SimpleResponseConsumer.create(),
                null)
            .get();
    return answer(
        response.getCode(),
        response.getFirstHeader(TestServer.NAME_HEADER).getValue(),
        response.getBodyText());
  }

  private static String answer(int status, String server, String body) {
    return status + " " + server + " " + body;
  }
}
