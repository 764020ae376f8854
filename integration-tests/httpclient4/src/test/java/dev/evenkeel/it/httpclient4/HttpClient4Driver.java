package dev.evenkeel.it.httpclient4;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The classic client of Apache HttpClient 4.5, as its applications use it. Stateless. Thread-safe.
 */
final class HttpClient4Driver implements ClientDriver {
  @Override
  public String name() {
    return "httpclient4";
  }

  /** Neither HTTP/2 nor an asynchronous form nor WebSockets: the classic client has none. */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.REDIRECTS,
        Capability.COOKIES,
        Capability.GZIP,
        Capability.CANCEL,
        Capability.CONNECT_TIMEOUT_OF_A_CONNECTION);
  }

  @Override
  public Client open(ClientOptions options) {
    return new ClassicTestClient(options);
  }
}
