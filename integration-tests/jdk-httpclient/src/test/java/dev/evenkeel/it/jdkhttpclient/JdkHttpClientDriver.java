package dev.evenkeel.it.jdkhttpclient;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.net.http.HttpClient.Version;
import java.util.EnumSet;
import java.util.Set;

/**
 * The JDK's client, as its applications use it; it does not decompress, and gives no trailers.
 * Immutable.
 */
final class JdkHttpClientDriver implements ClientDriver {
  private final Version version;

  JdkHttpClientDriver() {
    this(Version.HTTP_2);
  }

  /** Clients that speak this version of HTTP where they can. */
  JdkHttpClientDriver(Version version) {
    this.version = version;
  }

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
    Set<Capability> capabilities =
        EnumSet.complementOf(
            EnumSet.of(
                Capability.GZIP,
                Capability.TRAILERS,
                Capability.H2C,
                Capability.CONNECT_TIMEOUT_OF_A_CONNECTION,
                Capability.FORGETS_LOST_RESPONSES));
    if (version == Version.HTTP_1_1) {
      capabilities.remove(Capability.HTTP_2);
    }
    return capabilities;
  }

  @Override
  public Client open(ClientOptions options) {
    return new JdkTestClient(options, version);
  }
}
