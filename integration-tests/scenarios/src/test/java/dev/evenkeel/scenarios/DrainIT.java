package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file asks for a server to be drained, whose session has to go elsewhere in the end. */
class DrainIT {
  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void server_drainedByTheFile_losesItsSessionAtTheDeadline(Path jdk) throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      Map<String, String> urls =
          Map.of("200 a", fleet.http("a").url(), "200 b", fleet.http("b").url());
      Path file = directory.resolve("balance.yml");
      Files.writeString(file, orders(urls, ""));

      try (Application app =
              Application.start(jdk, Application.agent(), "-Devenkeel.config=" + file);
          Console console = Console.on(app.jvm().pid())) {
        String first = app.call("okhttp", 1, "http://orders/").get(0);
        String bean = Console.server(urls.get(first));
        assertThat(app.call("okhttp", 4, "http://orders/")).containsOnly(first);

        Files.writeString(file, orders(urls, drained(urls.get(first), "1h")));
        Await.until(
            "the server drains",
            () -> console.attribute(bean, "Reason").equals("draining by the configuration"));
        assertThat((long) console.attribute(bean, "DrainRemainingSeconds"))
            .isBetween(3_500L, 3_600L);
        assertThat(app.call("okhttp", 4, "http://orders/")).containsOnly(first);

        Files.writeString(file, orders(urls, drained(urls.get(first), "1ms")));
        Await.until(
            "the deadline is over",
            () -> console.attribute(bean, "DrainRemainingSeconds").equals(0L));
        Await.until(
            "the session moves",
            () -> !app.call("okhttp", 1, "http://orders/").equals(List.of(first)));
        assertThat(app.call("okhttp", 4, "http://orders/")).doesNotContain(first);
        assertThat(console.attribute(bean, "State")).isEqualTo("FENCED");
        assertThat(console.attribute(bean, "InFlight")).isEqualTo(0);
      }
    }
  }

  private static String drained(String url, String within) {
    return "drained: [ { url: '" + url + "', within: " + within + " } ]";
  }

  private static String orders(Map<String, String> urls, String option) throws IOException {
    return """
        http: { services: { orders: { loadBalancer: { servers: [ { url: '%s' }, { url: '%s' } ] } } } }
        evenkeel:
          services:
            orders:
              sticky: { key: jvm }
              %s
        """
        .formatted(urls.get("200 a"), urls.get("200 b"), option);
  }
}
