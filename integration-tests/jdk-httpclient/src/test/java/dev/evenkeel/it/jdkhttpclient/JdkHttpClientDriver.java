package dev.evenkeel.it.jdkhttpclient;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;

/**
 * The JDK's client, as its applications use it; it does not decompress, and gives no trailers.
 * Stateless. Thread-safe.
 */
final class JdkHttpClientDriver implements ClientDriver {
  @Override
  public String name() {
    return "jdk-httpclient";
  }

  @Override
  public Library library() {
    return Library.ofThisJdk("java.net.http.HttpClient");
  }

  /** A connection keeps the call whose body is coming, and that keeps its response. */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(
        EnumSet.of(
            Capability.GZIP,
            Capability.TRAILERS,
            Capability.H2C,
            Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
            Capability.FORGETS_LOST_RESPONSES));
  }

  @Override
  public Client open(ClientOptions options) {
    return new JdkTestClient(options);
  }
}
