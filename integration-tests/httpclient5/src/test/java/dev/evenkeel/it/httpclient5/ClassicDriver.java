package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import dev.evenkeel.testkit.server.Trust;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The classic client of Apache HttpClient 5, as its applications use it. Stateless. Thread-safe.
 */
abstract class ClassicDriver implements ClientDriver {
  @Override
  public String name() {
    return "httpclient5";
  }

  @Override
  public Library library() {
    String name = "Apache HttpClient 5, classic";
    return Library.of(isMinimal() ? name + ", minimal" : name, CloseableHttpClient.class);
  }

  /** Neither HTTP/2 nor an asynchronous form nor WebSockets: the classic client has none. */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.REDIRECTS,
        Capability.COOKIES,
        Capability.GZIP,
        Capability.ANY_METHOD,
        Capability.BODY_LENGTH,
        Capability.CANCEL,
        Capability.EXPECT_CONTINUE,
        Capability.TRAILERS,
        Capability.HOOK,
        Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
        Capability.FORGETS_LOST_RESPONSES,
        Capability.MIRRORS,
        Capability.FAILOVER_ERRORS,
        Capability.SERVERS_TRANSPORT,
        Capability.REQUEST_BODY_FAILURE,
        Capability.REQUEST_BODY_LENGTH,
        Capability.TOO_LARGE_RESPONSE,
        Capability.PROXY,
        Capability.TUNNEL_BY_SERVER);
  }

  /** What is left of that in a client that was made without an execution chain. */
  static Set<Capability> minimal() {
    return EnumSet.of(
        Capability.ANY_METHOD,
        Capability.BODY_LENGTH,
        Capability.CANCEL,
        Capability.TRAILERS,
        Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
        Capability.FORGETS_LOST_RESPONSES,
        Capability.MIRRORS,
        Capability.FAILOVER_ERRORS,
        Capability.REQUEST_BODY_FAILURE,
        Capability.REQUEST_BODY_LENGTH,
        Capability.SERVERS_TRANSPORT,
        Capability.TOO_LARGE_RESPONSE);
  }

  /** True for the client that is made by {@code HttpClients.createMinimal}. */
  boolean isMinimal() {
    return false;
  }

  @Override
  public final Client open(ClientOptions options) {
    return new ClassicTestClient(options, this);
  }

  /** Pools that trust these authorities, or the JDK's. */
  abstract PoolingHttpClientConnectionManagerBuilder connections(@Nullable Trust trust);

  void setConnectTimeout(
      Timeout timeout,
      PoolingHttpClientConnectionManagerBuilder connections,
      RequestConfig.Builder requests) {
    PoolingHttpClientConnectionManagerBuilder unused =
        connections.setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(timeout).build());
  }

  /** The response with its body still to come. */
  ClassicHttpResponse send(
      CloseableHttpClient client, ClassicHttpRequest request, HttpClientContext context)
      throws IOException {
    HttpHost target =
        isMinimal() ? new HttpHost(request.getScheme(), request.getAuthority()) : null;
    return client.executeOpen(target, request, context);
  }
}
