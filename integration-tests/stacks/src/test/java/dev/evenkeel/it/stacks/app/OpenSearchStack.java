package dev.evenkeel.it.stacks.app;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import java.io.IOException;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.opensearch.client.Request;
import org.opensearch.client.Response;
import org.opensearch.client.RestClient;

/** OpenSearch's low-level client, which stands on the asynchronous HttpClient 5. */
@SuppressWarnings("deprecation") // In favour of a client above this one, which still stands on it.
public final class OpenSearchStack implements ClientStack {
  private final RestClient client;

  OpenSearchStack() throws URISyntaxException {
    client = RestClient.builder(HttpHost.create(BASE)).build();
  }

  @Override
  public Library library() {
    return Library.of("OpenSearch low-level client", RestClient.class);
  }

  @Override
  public String client() {
    return "HttpClient " + Library.of("HttpClient", HttpAsyncClients.class).version() + " (async)";
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
    try {
      return EntityUtils.toString(response.getEntity());
    } catch (ParseException failure) {
      throw new IOException(failure);
    }
  }

  @Override
  public String readOrFail() throws IOException {
    return text(client.performRequest(new Request("GET", TARGET)));
  }

  @Override
  public Failures failures() {
    return new Failures(
        "org.opensearch.client.ResponseException",
        "org.opensearch.client.ResponseException",
        "java.net.ConnectException");
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
