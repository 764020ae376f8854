package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import java.util.Set;

/**
 * The asynchronous minimal client up to 5.4, whose pools share no connection. Stateless.
 * Thread-safe.
 */
final class HttpClient54AsyncMinimalDriver extends HttpClient5AsyncDriver {
  @Override
  public Set<Capability> capabilities() {
    return minimal();
  }

  @Override
  boolean isMinimal() {
    return true;
  }

  @Override
  public Client open(ClientOptions options) {
    return new AsyncTestClient(options, false, true);
  }
}
