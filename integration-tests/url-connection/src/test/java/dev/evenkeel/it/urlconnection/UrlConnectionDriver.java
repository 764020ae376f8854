package dev.evenkeel.it.urlconnection;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;

/** The JDK's {@code HttpURLConnection}, as its applications use it. Stateless. Thread-safe. */
final class UrlConnectionDriver implements ClientDriver {
  @Override
  public String name() {
    return "url-connection";
  }

  @Override
  public Library library() {
    return Library.ofThisJdk("HttpURLConnection, HttpsURLConnection");
  }

  /**
   * {@code setRequestMethod} refuses PATCH and methods of one's own. Before 25, a body may end
   * before its declared length.
   */
  @Override
  public Set<Capability> capabilities() {
    Set<Capability> capabilities =
        EnumSet.of(
            Capability.REDIRECTS,
            Capability.COOKIES,
            Capability.CANCEL,
            Capability.EXPECT_CONTINUE,
            Capability.TRAILERS,
            Capability.HOOK,
            Capability.FORGETS_LOST_RESPONSES,
            Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
            Capability.MIRRORS,
            Capability.FAILOVER_ERRORS,
            Capability.TOO_LARGE_RESPONSE,
            Capability.REQUEST_BODY_LENGTH,
            Capability.SERVERS_TRANSPORT,
            Capability.PROXY);
    if (Runtime.version().feature() >= 25) {
      capabilities.add(Capability.BODY_LENGTH);
    }
    return capabilities;
  }

  @Override
  public Client open(ClientOptions options) {
    return new UrlConnectionTestClient(options);
  }
}
