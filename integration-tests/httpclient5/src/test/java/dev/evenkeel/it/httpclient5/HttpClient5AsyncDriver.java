package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;

/**
 * The asynchronous client of Apache HttpClient 5 with connection pools, as its applications use it.
 * Stateless. Thread-safe.
 */
class HttpClient5AsyncDriver implements ClientDriver {
  @Override
  public String name() {
    return "httpclient5";
  }

  @Override
  public Library library() {
    String name = "Apache HttpClient 5, asynchronous";
    return Library.of(isMinimal() ? name + ", minimal" : name, CloseableHttpAsyncClient.class);
  }

  /**
   * Its interceptors run on the threads that calls need, where waiting for one never ends. Its
   * reactor keeps each exchange, and with it what consumes the body, while that is coming.
   */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(
        EnumSet.of(Capability.WEB_SOCKET, Capability.HOOK, Capability.FORGETS_LOST_RESPONSES));
  }

  /**
   * What is left of that in a client that was made without an execution chain: nothing repeats a
   * request.
   */
  static Set<Capability> minimal() {
    return EnumSet.complementOf(
        EnumSet.of(
            Capability.WEB_SOCKET,
            Capability.HOOK,
            Capability.FORGETS_LOST_RESPONSES,
            Capability.REDIRECTS,
            Capability.COOKIES,
            Capability.GZIP,
            Capability.FAILOVER_ERRORS,
            Capability.TOO_LARGE_RESPONSE,
            Capability.PROXY,
            Capability.TUNNEL_BY_SERVER));
  }

  /** True for the client that is made by {@code HttpAsyncClients.createMinimal}. */
  boolean isMinimal() {
    return false;
  }

  @Override
  public boolean watchesKeptConnections() {
    return true;
  }

  @Override
  public Client open(ClientOptions options) {
    return new AsyncTestClient(options, true, isMinimal());
  }
}
