package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the contract does not ask of every client, and {@link OkHttpViewsIT} of the newest OkHttp
 * only: in every family of versions.
 */
class FamiliesIT {
  /** An http server has no handshake, and the cache writes that of every https response. */
  @ParameterizedTest
  @ValueSource(strings = {"3.14.9", "4.9.3", "4.12.0", "5.0.0"})
  void logicalHttpsHost_onAnHttpServer_isCachedAndSeenAsHttps(String version) throws Exception {
    assertThat(viewsOf(version, "https://orders/path?q=1"))
        .containsExactly(
            "network https://orders/path?q=1",
            "sent https://orders/path?q=1",
            "encrypted kept of https://orders/path?q=1",
            "cached encrypted kept of https://orders/path?q=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.14.9", "4.9.3", "4.12.0", "5.0.0"})
  void interceptorListenerAndCache_ofADerivedClient_seeTheLogicalUrl(String version)
      throws Exception {
    assertThat(viewsOf(version, "http://orders/path?q=1"))
        .containsExactly(
            "network http://orders/path?q=1",
            "sent http://orders/path?q=1",
            "plain kept of http://orders/path?q=1",
            "cached plain kept of http://orders/path?q=1");
  }

  private static List<String> viewsOf(String version, String url) throws Exception {
    List<Path> files = new ArrayList<>(Libraries.jars(version));
    files.addAll(Libraries.testClasses());
    Balance balance = new Balance();
    long failOpenCount = balance.agent().getLong("FailOpenCount");
    try (ServerFleet fleet = new ServerFleet();
        IsolatedLoader loader = new IsolatedLoader(version, files)) {
      TestServer server = fleet.http("a");
      server.answers(
          request ->
              new MockResponse.Builder().addHeader("Cache-Control: max-age=60").body("kept"));
      balance.apply(ServiceConfig.named("orders").server(server));

      List<String> views = application(loader).apply(url).lines().toList();

      assertThat(server.received()).hasSize(1);
      assertThat(balance.agent().getLong("FailOpenCount")).isEqualTo(failOpenCount);
      return views;
    } finally {
      balance.clear();
    }
  }

  @SuppressWarnings("unchecked")
  private static UnaryOperator<String> application(ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> application = loader.loadClass(ViewsApplication.class.getName());
    return (UnaryOperator<String>) application.getConstructor().newInstance();
  }
}
