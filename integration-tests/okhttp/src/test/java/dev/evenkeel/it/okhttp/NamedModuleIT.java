package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** OkHttp as a named module, whose packages are closed to everybody else. */
class NamedModuleIT {
  private static final Pattern LIBRARY = Pattern.compile(".*(okhttp-jvm|okio-jvm|kotlin-stdlib).*");

  @Test
  void okHttp_onTheModulePath_isBalancedInFull() throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      TestServer a = fleet.http("a");

      try (ForkedJvm jvm = start(a)) {
        assertThat(jvm.awaitExit()).as(jvm.toString()).isZero();
        assertThat(jvm.stdout()).containsExactly("okhttp3 a");
        assertThat(jvm.stderr()).noneMatch(line -> line.contains("ERROR"));
      }

      assertThat(a.received()).hasSize(1);
      assertThat(a.received().get(0).header("Host")).isEqualTo(a.authority());
    }
  }

  private static ForkedJvm start(TestServer server) throws Exception {
    return ForkedJvm.java()
        .options(agent())
        .options("-Devenkeel.services.orders=" + server.url())
        .options("-Devenkeel.http.services.orders.loadBalancer.passHostHeader=false")
        .options("--module-path", modulePath(), "--add-modules", "okhttp3")
        .classPath(classPath(path -> path.endsWith("test-classes")))
        .main(ModularApplication.class.getName(), "http://orders/")
        .start();
  }

  private static String agent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .findFirst()
        .orElseThrow();
  }

  private static String modulePath() {
    return classPath(path -> LIBRARY.matcher(path.toString()).matches()).stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> classPath(Predicate<Path> wanted) {
    return IsolatedLoader.classPath().stream().filter(wanted).toList();
  }
}
