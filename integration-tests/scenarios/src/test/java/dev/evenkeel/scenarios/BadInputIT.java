package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with the configuration, it is said, and the application's calls go out as they
 * are.
 */
class BadInputIT {
  @TempDir Path directory;
  private final ServerFleet fleet = new ServerFleet();
  private TestServer direct;

  @BeforeEach
  void startServer() throws IOException {
    direct = fleet.http("direct");
  }

  @AfterEach
  void stopServer() throws IOException {
    fleet.close();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("http: [unclosed", "balance.yml:"),
        Arguments.of(
            orders("servers: [ { url: 'http://a' } ]", "strategi: wrr"),
            "http.services.orders.loadBalancer.strategi: unknown key (did you mean: strategy?)"),
        Arguments.of(
            orders("servers: [ { url: 'http://a', weight: -2 } ]"),
            "http.services.orders.loadBalancer.servers[0].weight: -2 (expected: integer 0..65535)"),
        Arguments.of(
            orders("servers: [ { url: '10.0.0.1:8080' } ]"),
            "http.services.orders.loadBalancer.servers[0].url: 10.0.0.1:8080 (expected: URL"),
        Arguments.of(
            orders("servers: [ { url: 'http://a' } ]") + "      weighted: { services: [] }\n",
            "http.services.orders"),
        Arguments.of("", "balance.yml"));
  }

  private static String orders(String... lines) {
    return "http:\n  services:\n    orders:\n      loadBalancer:\n        "
        + String.join("\n        ", lines)
        + "\n";
  }

  @ParameterizedTest
  @MethodSource("refused")
  void file_withAProblem_isSaidAndCallsAreLeftAlone(String yaml, String message)
      throws IOException {
    Path file = directory.resolve("balance.yml");
    Files.writeString(file, yaml);

    assertCallsAreLeftAlone(file, message);
  }

  @Test
  void file_thatIsMissing_isSaidAndCallsAreLeftAlone() throws IOException {
    assertCallsAreLeftAlone(directory.resolve("balance.yml"), "balance.yml");
  }

  @Test
  void file_thatIsADirectory_isSaidAndCallsAreLeftAlone() throws IOException {
    assertCallsAreLeftAlone(Files.createDirectory(directory.resolve("balance.yml")), "balance.yml");
  }

  @Test
  void file_ofBytes_isSaidAndCallsAreLeftAlone() throws IOException {
    Path file = directory.resolve("balance.yml");
    Files.write(file, new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe, ':', '\n'});

    assertCallsAreLeftAlone(file, "balance.yml");
  }

  @Test
  void serverList_thatIsEmpty_failsCallsAsWithoutAServer() throws IOException {
    Path file = directory.resolve("balance.yml");
    Files.writeString(file, orders("servers: []"));

    try (Application app = start(file)) {
      assertThat(app.call("okhttp", 1, "http://orders/"))
          .containsExactly(
              "java.net.ConnectException: service orders: no server available (no servers)");
      assertThat(app.call("httpclient5", 1, "http://orders/"))
          .containsExactly(
              "java.net.ConnectException: service orders: no server available (no servers)");
      app.jvm().awaitStderr("http.services.orders.loadBalancer.servers");
    }
  }

  @Test
  void server_thatNeverAnswersItsProbe_isAvoided() throws IOException {
    // Bound, with a full backlog of nobody: a connection is made by the kernel, and nothing ever
    // answers.
    try (java.net.ServerSocket silent =
        new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
      Path file = directory.resolve("balance.yml");
      String silentUrl = "http://127.0.0.1:" + silent.getLocalPort();
      Files.writeString(
          file,
          orders(
              "healthCheck: { path: /, interval: 1s, timeout: 200ms }",
              "servers:",
              "  - url: '" + silentUrl + "'",
              "  - url: '" + direct.url() + "'"));

      try (Application app = start(file)) {
        app.call("okhttp", 1, direct.url() + "/");
        app.jvm().awaitStderr(silentUrl);

        assertThat(app.call("okhttp", 10, "http://orders/")).containsOnly("200 direct");
        assertThat(app.call("httpclient5", 10, "http://orders/")).containsOnly("200 direct");
      }
    }
  }

  private void assertCallsAreLeftAlone(Path file, String message) throws IOException {
    try (Application app = start(file)) {
      assertThat(app.call("okhttp", 2, direct.url() + "/")).containsOnly("200 direct");
      assertThat(app.call("httpclient5", 2, direct.url() + "/")).containsOnly("200 direct");
      assertThat(app.call("okhttp", 1, "http://orders.invalid/"))
          .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));

      app.jvm().awaitStderr(message);
      app.jvm().awaitStderr("nothing is balanced, all calls are left alone");
    }
  }

  private static Application start(Path file) throws IOException {
    return Application.start(
        Path.of(System.getProperty("java.home")),
        Application.agent(),
        "-Devenkeel.config=" + file,
        "-Dfile.encoding=" + StandardCharsets.UTF_8);
  }
}
