package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import java.util.EnumSet;
import java.util.Set;
import okhttp3.OkHttpClient;

/** OkHttp, as its applications use it. Stateless. Thread-safe. */
final class OkHttpDriver implements ClientDriver {
  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public Library library() {
    return Library.of("OkHttp", OkHttpClient.class);
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Client open(ClientOptions options) {
    return new OkHttpTestClient(options);
  }
}
