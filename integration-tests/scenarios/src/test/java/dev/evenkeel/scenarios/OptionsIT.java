package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file's own options count for less than those of every other source, and come later. */
class OptionsIT {
  @TempDir Path directory;

  @Test
  void options_ofTheFile_areHeededUnlessGivenElsewhere() throws IOException {
    Path file = directory.resolve("balance.yml");
    Path log = directory.resolve("evenkeel.log");
    try (ServerFleet fleet = new ServerFleet()) {
      Files.writeString(
          file,
          "http: { services: { orders.invalid: { loadBalancer: { servers: [ { url: '"
              + fleet.http("a").url()
              + "' } ] } } } }\n"
              + "evenkeel:\n"
              + "  adapters: { okhttp: { enabled: false }, httpclient5: { enabled: false } }\n"
              + "  log: { file: '"
              + log
              + "' }\n");
      try (Application app =
          Application.start(
              Path.of(System.getProperty("java.home")),
              Application.agent(),
              "-Devenkeel.config=" + file,
              "-Devenkeel.adapters.httpclient5.enabled=true")) {
        assertThat(app.call("httpclient5", 1, "http://orders.invalid/")).containsExactly("200 a");
        assertThat(app.call("okhttp", 1, "http://orders.invalid/"))
            .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));
        assertThat(log).content().contains("configuration loaded: 1 service");

        Files.writeString(file, Files.readString(file) + "  enabled: false\n");
        Await.until(
            "the file is read",
            () -> Files.readString(log).contains("switched off by option enabled"));
        assertThat(app.call("httpclient5", 1, "http://orders.invalid/"))
            .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));
      }
    }
  }
}
