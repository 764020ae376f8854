package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With an AOT cache the client's classes are there before the agent, and are balanced all the same.
 */
class AotCacheIT {
  @TempDir Path directory;

  @BeforeAll
  static void requireNewestJdk() {
    assumeTrue(Jdks.hasNewest(), "AOT caches need JDK 25, which is not installed here");
  }

  @Test
  void aotCache_trainedWithTheAgent_isUsedAndCallsAreBalanced() throws IOException {
    String cache = directory.resolve("app.aot").toString();
    try (ServerFleet fleet = new ServerFleet()) {
      String service = "-Devenkeel.services.orders=" + fleet.http("a").url();
      try (Application training =
          Application.start(
              Jdks.newest(), Application.agent(), service, "-XX:AOTCacheOutput=" + cache)) {
        assertThat(training.call("okhttp", 1, "http://orders/")).containsExactly("200 a");
        assertThat(training.call("httpclient5", 1, "http://orders/")).containsExactly("200 a");
        training.end();
      }

      try (Application app =
          Application.start(
              Jdks.newest(),
              Application.agent(),
              service,
              "-XX:AOTCache=" + cache,
              "-XX:AOTMode=on",
              "-Xlog:class+load:file=" + directory.resolve("classes.log"))) {
        assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 a");
        assertThat(app.call("httpclient5", 2, "http://orders/")).containsOnly("200 a");
      }
    }
    assertThat(directory.resolve("classes.log"))
        .content()
        .containsPattern("okhttp3.OkHttpClient source: shared objects file");
  }
}
