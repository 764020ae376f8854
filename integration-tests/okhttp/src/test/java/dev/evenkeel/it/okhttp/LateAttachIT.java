package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that was made, and has called, before the agent came: in every family of versions. */
class LateAttachIT {
  @ParameterizedTest
  @ValueSource(strings = {"3.14.9", "4.9.3", "4.12.0", "5.0.0"})
  void client_thatHasCalled_isBalancedOnceAttached(String version) throws IOException {
    List<Path> classPath = new ArrayList<>(Libraries.jars(version));
    classPath.addAll(Libraries.testClasses());
    try (ServerFleet fleet = new ServerFleet();
        ForkedJvm jvm =
            ForkedJvm.java()
                .options("-XX:+EnableDynamicAgentLoading")
                .classPath(classPath)
                .main(WaitingApplication.class.getName())
                .start()) {
      jvm.send(fleet.http("direct").url() + "/");
      jvm.awaitStdout("direct");

      attach(jvm, "services.orders=" + fleet.http("a").url());
      jvm.send("http://orders/");

      jvm.awaitStdout("a");
      assertThat(jvm.stdout()).containsExactly("direct", "a");
      assertThat(jvm.stderr()).noneMatch(line -> line.contains("ERROR"));
    }
  }

  private static void attach(ForkedJvm jvm, String services) throws IOException {
    try (ForkedJvm command =
        ForkedJvm.java().jar(agent(), "attach", Long.toString(jvm.pid()), services).start()) {
      assertThat(command.awaitExit()).as(command.toString()).isZero();
    }
  }

  private static Path agent() {
    String option = "-javaagent:";
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(option))
        .map(argument -> Path.of(argument.substring(option.length())))
        .findFirst()
        .orElseThrow();
  }
}
