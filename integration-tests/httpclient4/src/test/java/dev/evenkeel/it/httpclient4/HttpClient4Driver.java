package dev.evenkeel.it.httpclient4;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;

/**
 * The classic client of Apache HttpClient 4.5, as its applications use it. Stateless. Thread-safe.
 */
class HttpClient4Driver implements ClientDriver {
  @Override
  public String name() {
    return "httpclient4";
  }

  @Override
  public Library library() {
    return Library.of("Apache HttpClient 4.5, classic", CloseableHttpClient.class);
  }

  /**
   * Neither HTTP/2 nor an asynchronous form nor WebSockets: the classic client has none. It reads
   * the trailers of a body and keeps them to itself: an entity has no place for them.
   */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.REDIRECTS,
        Capability.SERVERS_TRANSPORT,
        Capability.COOKIES,
        Capability.GZIP,
        Capability.CANCEL,
        Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
        Capability.ANY_METHOD,
        Capability.BODY_LENGTH,
        Capability.EXPECT_CONTINUE,
        Capability.HOOK,
        Capability.FORGETS_LOST_RESPONSES,
        Capability.MIRRORS,
        Capability.FAILOVER_ERRORS,
        Capability.REQUEST_BODY_FAILURE,
        Capability.REQUEST_BODY_LENGTH,
        Capability.TOO_LARGE_RESPONSE,
        Capability.PROXY,
        Capability.TUNNEL_BY_SERVER);
  }

  @Override
  public Client open(ClientOptions options) {
    return new ClassicTestClient(options, builder());
  }

  /** What an application begins with. */
  HttpClientBuilder builder() {
    return HttpClients.custom();
  }
}
