package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A copy of a library that lacks what its adapter needs is left alone, and that is said once. */
class UnsupportedLibraryIT {
  @Test
  void oldOkHttp_isLeftAloneAndTheOtherClientIsBalanced() throws IOException {
    List<Path> old;
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("old.okhttp", "")))) {
      old = jars.toList();
    }
    assertThat(old).isNotEmpty();
    try (ServerFleet fleet = new ServerFleet();
        Application app =
            Application.startWith(
                old,
                "okhttp-jvm",
                Application.agent(),
                "-Devenkeel.services.orders.invalid=" + fleet.http("a").url())) {
      String direct = fleet.http("direct").url() + "/";

      assertThat(app.call("okhttp", 2, direct)).containsOnly("200 direct");
      assertThat(app.call("okhttp", 2, "http://orders.invalid/"))
          .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));
      assertThat(app.call("httpclient5", 2, "http://orders.invalid/")).containsOnly("200 a");

      assertThat(app.jvm().stderr())
          .filteredOn(line -> line.contains("not supported"))
          .singleElement()
          .asString()
          .contains("okhttp 3.12.13: not supported (no okhttp3.internal.");
    }
  }
}
