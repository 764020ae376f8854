package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options in the file's section {@code evenkeel} are in force once the file is read. */
class FileOptionsIT {
  @TempDir Path directory;

  @Test
  void options_ofTheFile_switchAnAdapterOffAndMoveTheLog() throws IOException {
    Path log = directory.resolve("evenkeel.log");
    try (ServerFleet fleet = new ServerFleet();
        Application app =
            start(
                fleet.http("a").url(),
                "adapters: { httpclient5: { enabled: false } }",
                "log: { level: debug, file: '" + log + "' }")) {
      assertThat(app.call("okhttp", 1, "http://orders.invalid/")).containsExactly("200 a");
      assertThat(app.call("httpclient5", 1, "http://orders.invalid/"))
          .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));

      assertThat(log).content().contains("configuration loaded: 1 service");
      app.jvm().awaitStderr("the log goes on: " + log);
      assertThat(app.jvm().stderr()).noneMatch(line -> line.contains("configuration loaded"));
    }
  }

  @Test
  void file_thatIsNotEnabled_leavesAllCallsAloneUntilItIs() throws IOException {
    try (ServerFleet fleet = new ServerFleet()) {
      String a = fleet.http("a").url();
      try (Application app = start(a, "enabled: false")) {
        assertThat(app.call("okhttp", 1, "http://orders.invalid/"))
            .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));
        app.jvm().awaitStderr("evenkeel.enabled is false: all calls are left alone");

        Files.writeString(directory.resolve("balance.yml"), yaml(a, "enabled: true"));
        Await.until(
            "the change is applied",
            () -> app.jvm().stderr().stream().anyMatch(line -> line.endsWith("1 service")));

        assertThat(app.call("okhttp", 1, "http://orders.invalid/")).containsExactly("200 a");
      }
    }
  }

  @Test
  void option_inTheFileAndOutside_isTakenFromOutside() throws IOException {
    Path file = directory.resolve("balance.yml");
    try (ServerFleet fleet = new ServerFleet()) {
      Files.writeString(
          file, yaml(fleet.http("a").url(), "adapters: { httpclient5: { enabled: false } }"));
      try (Application app =
          Application.start(
              Path.of(System.getProperty("java.home")),
              Application.agent(),
              "-Devenkeel.config=" + file,
              "-Devenkeel.adapters.httpclient5.enabled=true")) {
        assertThat(app.call("httpclient5", 1, "http://orders.invalid/")).containsExactly("200 a");
      }
    }
  }

  private Application start(String url, String... options) throws IOException {
    Path file = directory.resolve("balance.yml");
    Files.writeString(file, yaml(url, options));
    return Application.start(
        Path.of(System.getProperty("java.home")), Application.agent(), "-Devenkeel.config=" + file);
  }

  private static String yaml(String url, String... options) {
    return "http: { services: { orders.invalid: { loadBalancer: { servers: [ { url: '"
        + url
        + "' } ] } } } }\nevenkeel:\n  "
        + String.join("\n  ", List.of(options))
        + "\n";
  }
}
