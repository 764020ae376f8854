package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The asynchronous client up to 5.4: its pools share no connection, and it does not decompress.
 * Stateless. Thread-safe.
 */
final class HttpClient54AsyncDriver extends HttpClient5AsyncDriver {
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(
        EnumSet.of(
            Capability.WEB_SOCKET,
            Capability.HOOK,
            Capability.GZIP,
            Capability.FORGETS_LOST_RESPONSES));
  }

  @Override
  public Client open(ClientOptions options) {
    return new AsyncTestClient(options, false, false);
  }
}
