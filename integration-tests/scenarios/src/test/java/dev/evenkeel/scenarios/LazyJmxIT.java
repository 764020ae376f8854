package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.nio.file.Path;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent watched and steered from a console that attaches when everything runs already. */
class LazyJmxIT {
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void console_attachedLater_seesTheBeansAndFencesAServer(Path jdk) throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      TestServer a = fleet.http("a");
      TestServer b = fleet.http("b");
      try (Application app =
          Application.start(
              jdk, Application.agent(), "-Devenkeel.services.orders=" + a.url() + "," + b.url())) {
        app.call("okhttp", 4, "http://orders/");

        try (Console console = Console.on(app.jvm().pid())) {
          assertThat(console.attribute(Console.server(a.url()), "Calls")).isEqualTo(2L);
          console.invoke(Console.server(a.url()), "fence");
          assertThat(console.attribute(Console.server(a.url()), "State")).isEqualTo("FENCED");
          assertThat(app.call("okhttp", 4, "http://orders/")).containsOnly("200 b");

          console.invoke(Console.AGENT, "disable");
          assertThat(app.call("okhttp", 1, a.url() + "/")).containsOnly("200 a");
          assertThat(app.call("httpclient5", 1, "http://orders.invalid/"))
              .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));
          assertThat((CompositeData[]) console.attribute(Console.AGENT, "Adapters"))
              .hasSize(6)
              .allMatch(adapter -> adapter.get("state").equals("DISABLED"));
          assertThat(console.invoke(Console.AGENT, "reload"))
              .isEqualTo("switched off: nothing is read until this JVM ends");
        }
      }
    }
  }
}
