package dev.evenkeel.it.stacks.app;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * What {@code RestClient} and {@code RestTemplate} have in common: the clients they may stand on.
 */
abstract class SpringStack implements ClientStack {
  private static final String EXCEPTIONS = "org.springframework.web.client.";

  private final String name;
  private final Below below;

  SpringStack(String name, Below below) {
    this.name = name;
    this.below = below;
  }

  /**
   * What Spring stands on.
   *
   * @param client its name, with its version unless it is the JDK's
   */
  record Below(String client, ClientHttpRequestFactory factory) {
    static Below urlConnection() {
      return new Below("HttpURLConnection", new SimpleClientHttpRequestFactory());
    }

    static Below httpClient5() {
      return new Below(
          "HttpClient " + Library.of("HttpClient", HttpClients.class).version(),
          new HttpComponentsClientHttpRequestFactory());
    }

    static Below jdkClient() {
      return new Below("java.net.http.HttpClient", new JdkClientHttpRequestFactory());
    }
  }

  @Override
  public final Library library() {
    return Library.of(name, RestClient.class);
  }

  @Override
  public final String client() {
    return below.client;
  }

  @Override
  public final Failures failures() {
    return new Failures(
        EXCEPTIONS + "HttpClientErrorException$NotFound",
        EXCEPTIONS + "HttpServerErrorException$InternalServerError",
        EXCEPTIONS + "ResourceAccessException");
  }

  @Override
  public final void close() throws IOException {
    if (below.factory instanceof HttpComponentsClientHttpRequestFactory factory
        && factory.getHttpClient() instanceof Closeable client) {
      client.close();
    }
  }
}
