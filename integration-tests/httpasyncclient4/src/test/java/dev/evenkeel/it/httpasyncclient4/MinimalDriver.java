package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.nio.conn.NoopIOSessionStrategy;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.apache.http.nio.reactor.IOReactorException;

/** The minimal client of Apache HttpAsyncClient 4.1. Stateless. Thread-safe. */
class MinimalDriver extends HttpAsyncClient4Driver {
  @Override
  public Library library() {
    return Library.of("Apache HttpAsyncClient 4.1, minimal", CloseableHttpAsyncClient.class);
  }

  /** What the other one has, but for all that stands in its chain of steps. */
  @Override
  public Set<Capability> capabilities() {
    Set<Capability> capabilities = EnumSet.copyOf(super.capabilities());
    capabilities.remove(Capability.REDIRECTS);
    capabilities.remove(Capability.COOKIES);
    capabilities.remove(Capability.EXPECT_CONTINUE);
    capabilities.remove(Capability.PROXY);
    capabilities.remove(Capability.TUNNEL_BY_SERVER);
    return capabilities;
  }

  @Override
  public Client open(ClientOptions options) {
    PoolingNHttpClientConnectionManager connections = connections(options);
    connections.setMaxTotal(MANY);
    connections.setDefaultMaxPerRoute(MANY);
    return new MinimalTestClient(
        options, HttpAsyncClients.createMinimal(connections), isCancelledByItsFuture());
  }

  private static PoolingNHttpClientConnectionManager connections(ClientOptions options) {
    SchemeIOSessionStrategy tls =
        options.trust() == null
            ? SSLIOSessionStrategy.getDefaultStrategy()
            : new SSLIOSessionStrategy(options.trust().sslContext());
    try {
      return new PoolingNHttpClientConnectionManager(
          new DefaultConnectingIOReactor(),
          RegistryBuilder.<SchemeIOSessionStrategy>create()
              .register("http", NoopIOSessionStrategy.INSTANCE)
              .register("https", tls)
              .build());
    } catch (IOReactorException e) {
      throw new IllegalStateException(e);
    }
  }
}
