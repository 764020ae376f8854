package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;

/** Apache HttpAsyncClient 4.1, as its applications use it. Stateless. Thread-safe. */
class HttpAsyncClient4Driver implements ClientDriver {
  /** More calls at once than any test makes. */
  static final int MANY = 1_000;

  @Override
  public String name() {
    return "httpasyncclient4";
  }

  @Override
  public Library library() {
    return Library.of("Apache HttpAsyncClient 4.1", CloseableHttpAsyncClient.class);
  }

  /**
   * Neither HTTP/2 nor WebSockets nor trailers, and gzip is left to the application: the client has
   * none. Its interceptors run on the threads that calls need, where waiting for one never ends,
   * and its reactor keeps each exchange while a body is coming.
   */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.REDIRECTS,
        Capability.COOKIES,
        Capability.ANY_METHOD,
        Capability.BODY_LENGTH,
        Capability.ASYNC,
        Capability.CANCEL,
        Capability.EXPECT_CONTINUE,
        Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
        Capability.MIRRORS,
        Capability.SERVERS_TRANSPORT,
        Capability.FAILOVER_ERRORS,
        Capability.REQUEST_BODY_FAILURE,
        Capability.REQUEST_BODY_LENGTH,
        Capability.TOO_LARGE_RESPONSE,
        Capability.PROXY,
        Capability.TUNNEL_BY_SERVER);
  }

  @Override
  public boolean watchesKeptConnections() {
    return true;
  }

  @Override
  public Client open(ClientOptions options) {
    int timeoutMillis = (int) options.timeout().toMillis();
    HttpAsyncClientBuilder builder =
        builder()
            .setMaxConnTotal(MANY)
            .setMaxConnPerRoute(MANY)
            // The library's own wait for "100 Continue" is 3 s, and then it sends the body all the
            // same.
            .setEventHandler(new HttpAsyncRequestExecutor(timeoutMillis))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectTimeout(timeoutMillis)
                    .setSocketTimeout(timeoutMillis)
                    .setRedirectsEnabled(options.isRedirectFollowed())
                    .build());
    if (options.trust() != null) {
      builder.setSSLContext(options.trust().sslContext());
    }
    if (!options.hasCookieStore()) {
      builder.disableCookieManagement();
    }
    if (options.proxy() != null) {
      builder.setProxy(new HttpHost(options.proxy().getHostString(), options.proxy().getPort()));
    }
    return new AsyncTestClient(options, builder.build(), isCancelledByItsFuture());
  }

  /** True if the futures that the client gives cancel its calls. */
  boolean isCancelledByItsFuture() {
    return true;
  }

  /** What an application begins with. */
  HttpAsyncClientBuilder builder() {
    return HttpAsyncClients.custom();
  }
}
