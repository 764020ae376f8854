package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to attach leads to balanced calls. */
class AttachIT {
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void runningJvm_withClientsThatHaveCalled_isBalancedOnceAttached(Path jdk) throws IOException {
    try (ServerFleet fleet = new ServerFleet();
        Application app = Application.start(jdk, "-XX:+EnableDynamicAgentLoading")) {
      String direct = fleet.http("direct").url() + "/";
      String services = "services.orders=2*" + fleet.http("a").url() + "," + fleet.http("b").url();
      assertThat(app.call("okhttp", 1, direct)).containsExactly("200 direct");
      assertThat(app.call("httpclient5", 1, direct)).containsExactly("200 direct");

      attach(jdk, app, services);
      attach(jdk, app, "services.orders=http://127.0.0.1:9");

      app.jvm().awaitStderr("attached already, so this second attach changes nothing");
      assertIsBalanced(app);
    }
  }

  @Test
  void runningJvm_thatSwitchesTheAgentOff_saysSo() throws IOException {
    Path jdk = Path.of(System.getProperty("java.home"));
    try (Application app = Application.start(jdk, "-Devenkeel.enabled=false");
        ForkedJvm command =
            ForkedJvm.java(jdk)
                .jar(Application.AGENT, "attach", Long.toString(app.jvm().pid()))
                .start()) {
      assertThat(command.awaitExit()).as(command.toString()).isZero();

      app.jvm().awaitStderr("evenkeel: not attached, because enabled=false");
    }
  }

  private static void attach(Path jdk, Application app, String services) throws IOException {
    try (ForkedJvm command =
        ForkedJvm.java(jdk)
            .jar(Application.AGENT, "attach", Long.toString(app.jvm().pid()), services)
            .start()) {
      assertThat(command.awaitExit()).as(command.toString()).isZero();
    }
  }

  /** As in a container image with a JRE. */
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void attachCommand_inAJavaWithoutTheModule_saysWhatItNeeds(Path jdk) throws IOException {
    try (ForkedJvm command =
        ForkedJvm.java(jdk)
            .options("--limit-modules", "java.base,java.instrument")
            .jar(Application.AGENT, "attach", "1")
            .start()) {
      assertThat(command.awaitExit()).isOne();
      assertThat(command.stderr()).singleElement().asString().contains("module jdk.attach");
    }
  }

  /** As named modules, which open and export little. */
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void libraries_onTheModulePath_areBalanced(Path jdk) throws IOException {
    String modules =
        IsolatedLoader.classPath().stream()
            .map(Path::toString)
            .filter(path -> path.matches(".*/(okhttp|okio|kotlin-stdlib|http|slf4j-api)[^/]*jar"))
            .collect(Collectors.joining(File.pathSeparator));
    try (ServerFleet fleet = new ServerFleet();
        Application app =
            Application.start(
                jdk,
                Application.agent(),
                "-Devenkeel.services.orders=2*"
                    + fleet.http("a").url()
                    + ","
                    + fleet.http("b").url(),
                "--module-path=" + modules,
                "--add-modules=ALL-MODULE-PATH")) {
      assertIsBalanced(app);
      assertThat(app.jvm().stderr()).noneMatch(line -> line.contains(" ERROR "));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agentArgument_namesTheServices(Path jdk) throws IOException {
    try (ServerFleet fleet = new ServerFleet();
        Application app =
            Application.start(
                jdk,
                Application.agent()
                    + "=services.orders=2*"
                    + fleet.http("a").url()
                    + ","
                    + fleet.http("b").url())) {
      assertIsBalanced(app);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void oneAdapter_switchedOff_leavesTheOther(Path jdk) throws IOException {
    try (ServerFleet fleet = new ServerFleet();
        Application app =
            Application.start(
                jdk,
                Application.agent(),
                "-Devenkeel.adapters.httpclient5.enabled=false",
                "-Devenkeel.services.orders.invalid=" + fleet.http("a").url())) {
      assertThat(app.call("okhttp", 1, "http://orders.invalid/")).containsExactly("200 a");
      assertThat(app.call("httpclient5", 1, "http://orders.invalid/"))
          .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));
    }
  }

  private static void assertIsBalanced(Application app) throws IOException {
    for (String client : List.of("okhttp", "httpclient5")) {
      List<String> outcomes = app.call(client, 6, "http://orders/");

      assertThat(outcomes).filteredOn("200 a"::equals).hasSize(4);
      assertThat(outcomes).filteredOn("200 b"::equals).hasSize(2);
    }
  }
}
