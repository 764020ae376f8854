package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is edited under a running application. */
class ReloadIT {
  @TempDir Path directory;

  @Test
  void file_edited_isAppliedWithoutBeingToldAndABrokenEditIsRefused() throws IOException {
    Path file = directory.resolve("balance.yml");
    try (ServerFleet fleet = new ServerFleet()) {
      String a = fleet.http("a").url();
      String b = fleet.http("b").url();
      Files.writeString(file, orders(a));

      try (Application app =
          Application.start(
              Path.of(System.getProperty("java.home")),
              Application.agent(),
              "-Devenkeel.config=" + file)) {
        assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 a");

        Files.writeString(file, "http: [");
        app.jvm().awaitStderr("still using the configuration loaded at");
        assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 a");

        int before = app.jvm().stderr().size();
        Files.writeString(file, orders(b));
        Await.until(
            "the change is applied",
            () ->
                app.jvm().stderr().subList(before, app.jvm().stderr().size()).stream()
                    .anyMatch(line -> line.contains("configuration loaded")));
        assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 b");
        assertThat(app.call("httpclient5", 2, "http://orders/")).containsOnly("200 b");
      }
    }
  }

  private static String orders(String url) {
    return "http: { services: { orders: { loadBalancer: { servers: [ { url: '"
        + url
        + "' } ] } } } }\n";
  }
}
