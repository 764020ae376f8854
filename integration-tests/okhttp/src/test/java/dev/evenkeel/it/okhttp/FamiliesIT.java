package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the contract does not ask of every client, and {@link OkHttpViewsIT} of the newest OkHttp
 * only: in every family of versions.
 */
class FamiliesIT {
  private static final Script KEPT =
      request -> new MockResponse.Builder().addHeader("Cache-Control: max-age=60").body("kept");

  private static final Script LOST =
      request -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());

  /** An http server has no handshake, and the cache writes that of every https response. */
  @ParameterizedTest
  @ValueSource(strings = {"3.14.9", "4.9.3", "4.12.0", "5.0.0"})
  void logicalHttpsHost_onAnHttpServer_isCachedAndSeenAsHttps(String version) throws Exception {
    Views views = viewsOf(version, "https://orders/path?q=1", KEPT);

    assertThat(views.requests()).isEqualTo(1);
    assertThat(views.lines())
        .filteredOn(view -> !isOfASelection(view))
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
    Views views = viewsOf(version, "http://orders/path?q=1", KEPT);

    assertThat(views.requests()).isEqualTo(1);
    assertThat(views.lines())
        .filteredOn(view -> !isOfASelection(view))
        .containsExactly(
            "network http://orders/path?q=1",
            "sent http://orders/path?q=1",
            "plain kept of http://orders/path?q=1",
            "cached plain kept of http://orders/path?q=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.14.9", "4.9.3", "4.12.0", "5.0.0"})
  void lostConnectionAndProxySelection_ofEachFamily_nameTheLogicalHost(String version)
      throws Exception {
    List<String> views = viewsOf(version, "http://orders:81/path?q=1", LOST).lines();

    assertThat(views)
        .filteredOn(view -> view.startsWith("failed "))
        .hasSize(2)
        .containsOnly(
            "failed java.io.IOException: unexpected end of stream on http://orders:81/...");
    List<String> selections = views.stream().filter(FamiliesIT::isOfASelection).toList();
    if (version.startsWith("3.")) {
      assertThat(selections).isEmpty();
    } else {
      assertThat(selections).isNotEmpty().containsOnly("selecting for http://orders:81/");
    }
  }

  private static boolean isOfASelection(String view) {
    return view.startsWith("selecting ");
  }

  private static Views viewsOf(String version, String url, Script script) throws Exception {
    List<Path> files = new ArrayList<>(Libraries.jars(version));
    files.addAll(Libraries.testClasses());
    Balance balance = new Balance();
    long failOpenCount = balance.agent().getLong("FailOpenCount");
    try (ServerFleet fleet = new ServerFleet();
        IsolatedLoader loader = new IsolatedLoader(version, files)) {
      TestServer server = fleet.http("a");
      server.answers(script);
      balance.apply(ServiceConfig.named("orders").server(server));

      List<String> views = application(loader).apply(url).lines().toList();

      assertThat(balance.agent().getLong("FailOpenCount")).isEqualTo(failOpenCount);
      return new Views(views, server.received().size());
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

  /** What an application saw, and how many requests its server did. */
  private record Views(List<String> lines, int requests) {}
}
