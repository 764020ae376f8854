package dev.evenkeel.it.stacks.app;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import java.io.IOException;
import org.apache.http.HttpHost;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.RestClient;

/** Elasticsearch's low-level client, which stands on HttpAsyncClient 4.1. */
public final class ElasticsearchStack implements ClientStack {
  private final RestClient client = RestClient.builder(HttpHost.create(BASE)).build();

  ElasticsearchStack() {}

  @Override
  public Library library() {
    return Library.of("Elasticsearch low-level client", RestClient.class);
  }

  @Override
  public String client() {
    return "HttpAsyncClient " + Library.of("HttpAsyncClient", HttpAsyncClients.class).version();
  }

  /** The client below gets a path and a host apart, and writes the host's default port. */
  @Override
  public String host() {
    return "orders:80";
  }

  @Override
  public Answer read() throws IOException {
    return answer(client.performRequest(new Request("GET", TARGET)));
  }

  @Override
  public Answer write(String text) throws IOException {
    Request request = new Request("POST", TARGET);
    request.setJsonEntity(text);
    return answer(client.performRequest(request));
  }

  private static Answer answer(Response response) throws IOException {
    String url = response.getHost().toURI() + response.getRequestLine().getUri();
    return new Answer(response.getHeader("X-Server"), text(response), url);
  }

  private static String text(Response response) throws IOException {
    return EntityUtils.toString(response.getEntity());
  }

  @Override
  public String readOrFail() throws IOException {
    return text(client.performRequest(new Request("GET", TARGET)));
  }

  @Override
  public Failures failures() {
    return new Failures(
        "org.elasticsearch.client.ResponseException",
        "org.elasticsearch.client.ResponseException",
        "java.net.ConnectException");
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
