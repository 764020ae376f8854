package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With an AOT cache the client's classes are there before the agent, and are balanced all the same.
 */
class AotCacheIT {
  /** The JVM's own warnings go where the application's output is not. */
  private static final List<String> QUIET = List.of("-Xlog:disable", "-Xlog:all=error:stderr");

  @TempDir Path directory;
  private final ServerFleet fleet = new ServerFleet();
  private TestServer server;

  @BeforeAll
  static void requireNewestJdk() {
    assumeTrue(Jdks.hasNewest(), "AOT caches need JDK 25, which is not installed here");
  }

  @BeforeEach
  void startServer() throws IOException {
    server = fleet.http("a");
  }

  @AfterEach
  void stopServer() throws IOException {
    fleet.close();
  }

  @Test
  void aotCache_trainedWithTheAgent_isUsedAndCallsAreBalanced() throws IOException {
    train(Application.agent(), "-Devenkeel.services.orders=" + server.url());

    // Classes that were woven in training are not in the cache; all others are.
    assertIsBalancedWithCached("okhttp3.Request");
  }

  /** The cache was made for the application alone; the JVM wants the agent's module in it. */
  @Test
  void aotCache_trainedWithoutTheAgent_isUsedAndCallsAreBalanced() throws IOException {
    train("--add-modules=java.instrument");

    assertIsBalancedWithCached("okhttp3.internal.connection.ConnectInterceptor");
  }

  private void train(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-XX:AOTCacheOutput=" + directory.resolve("app.aot"));
    all.addAll(QUIET);
    try (Application training =
        Application.startFromJars(Jdks.newest(), directory, all.toArray(String[]::new))) {
      assertThat(training.call("okhttp", 1, server.url() + "/")).containsExactly("200 a");
      assertThat(training.call("httpclient5", 1, server.url() + "/")).containsExactly("200 a");
      training.end();
    }
    assertThat(directory.resolve("app.aot")).isNotEmptyFile();
  }

  private void assertIsBalancedWithCached(String className) throws IOException {
    Path log = directory.resolve("classes.log");
    try (Application app =
        Application.startFromJars(
            Jdks.newest(),
            directory,
            Application.agent(),
            "-Devenkeel.services.orders=" + server.url(),
            "-XX:AOTCache=" + directory.resolve("app.aot"),
            "-XX:AOTMode=on",
            "-Xlog:class+load:file=" + log)) {
      assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 a");
      assertThat(app.call("httpclient5", 2, "http://orders/")).containsOnly("200 a");
    }
    assertThat(log).content().contains(className + " source: shared objects file");
  }
}
