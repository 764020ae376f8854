package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.jvm.FaultyAgentJar;
import dev.evenkeel.testkit.server.ServerFleet;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A fault of ours, wherever it is: the application's call succeeds unchanged, and the fault is
 * counted.
 */
class PlantedFaultIT {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "okhttp, dev.evenkeel.balancer.ServiceBalancer, open",
    "httpclient5, dev.evenkeel.balancer.ServiceBalancer, open",
  })
  void fault_beforeThePick_leavesTheCallUnchangedAndIsCounted(
      String client, String className, String method) throws Exception {
    Path faulty = directory.resolve("faulty.jar");
    FaultyAgentJar.plant(Application.AGENT, className, method, faulty);

    try (ServerFleet fleet = new ServerFleet();
        Application app =
            Application.start(
                Path.of(System.getProperty("java.home")),
                "-javaagent:" + faulty,
                "-Devenkeel.services.127.0.0.1=" + fleet.http("balanced").url())) {
      String direct = fleet.http("direct").url() + "/";

      assertThat(app.call(client, 3, direct)).containsOnly("200 direct");

      try (Console console = Console.on(app.jvm().pid())) {
        assertThat((Long) console.attribute(Console.AGENT, "FailOpenCount")).isEqualTo(3);
      }
      app.jvm().awaitStderr(FaultyAgentJar.MESSAGE);
    }
  }
}
