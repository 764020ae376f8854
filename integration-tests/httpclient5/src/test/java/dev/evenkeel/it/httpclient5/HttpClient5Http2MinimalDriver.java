package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.Set;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;

/** The asynchronous minimal client that speaks HTTP/2 and nothing else. Stateless. Thread-safe. */
final class HttpClient5Http2MinimalDriver extends HttpClient5AsyncDriver {
  @Override
  public Library library() {
    return Library.of(
        "Apache HttpClient 5, asynchronous, minimal, HTTP/2 only", CloseableHttpAsyncClient.class);
  }

  @Override
  public Set<Capability> capabilities() {
    return minimal();
  }

  @Override
  public boolean speaksOnlyHttp2() {
    return true;
  }

  @Override
  public Client open(ClientOptions options) {
    return AsyncTestClient.http2Minimal(options);
  }
}
