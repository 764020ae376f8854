package dev.evenkeel.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.scenarios.app.HelloWorld;
import dev.evenkeel.scenarios.app.LocalUrls;
import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent does to an application that makes no call: next to nothing. */
class StartIT {
  private static final String ONE_SERVER = "-Devenkeel.services.orders=http://127.0.0.1:9";

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void helloWorld_underTheAgent_loadsNothingThatMayNotBeLoaded(Path jdk) throws IOException {
    Path log = directory.resolve("classes.log");

    List<String> output = run(jdk, "-Xlog:class+load:file=" + log, Application.agent(), ONE_SERVER);

    assertThat(output).contains("hello");
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded).anyMatch(line -> line.contains("dev.evenkeel.runtime.AgentStart"));
    assertThat(loaded)
        .noneMatch(line -> line.contains(" java.util.logging."))
        .noneMatch(line -> line.contains(" javax.management."))
        .noneMatch(line -> line.contains(" sun.misc.Unsafe"))
        .noneMatch(line -> line.contains(" net.bytebuddy."))
        .noneMatch(line -> line.contains(" org.snakeyaml."))
        .noneMatch(line -> line.contains(" org.tomlj."));
  }

  /** The adapter for the JDK's own connections hooks none of the classes that local URLs need. */
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void localUrls_underTheAgent_loadNoByteBuddy(Path jdk) throws IOException {
    Path log = directory.resolve("classes.log");
    try (ForkedJvm jvm =
        java(
            jdk,
            LocalUrls.class,
            "-Xlog:class+load:file=" + log,
            Application.agent(),
            ONE_SERVER)) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stdout()).contains("hello");
      assertThat(jvm.stderr()).hasSize(1);
      assertThat(Files.readAllLines(log))
          .anyMatch(line -> line.contains(" sun.net.www.protocol.jar.JarURLConnection "))
          .anyMatch(line -> line.contains(" sun.net.www.protocol.file.FileURLConnection "))
          .noneMatch(line -> line.contains(" dev.evenkeel.urlconnection.Calls"))
          .noneMatch(line -> line.contains(" net.bytebuddy."))
          .noneMatch(line -> line.contains(" org.snakeyaml."))
          .noneMatch(line -> line.contains(" org.tomlj."));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void helloWorld_underTheAgent_hasNoThreadOfOursAndOneLineOnStandardError(Path jdk)
      throws IOException {
    try (ForkedJvm jvm = hello(jdk, Application.agent(), ONE_SERVER)) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stdout()).contains("hello").noneMatch(line -> line.contains("evenkeel-"));
      assertThat(jvm.stderr())
          .hasSize(1)
          .allMatch(line -> line.contains(" INFO ") && line.contains("attached"));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_switchedOff_saysAndDoesNothing(Path jdk) throws IOException {
    try (ForkedJvm jvm = hello(jdk, Application.agent(), ONE_SERVER, "-Devenkeel.enabled=false")) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_withoutConfiguration_saysSoAndTheApplicationRuns(Path jdk) throws IOException {
    try (ForkedJvm jvm = hello(jdk, Application.agent())) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stdout()).contains("hello");
      assertThat(jvm.stderr())
          .hasSize(1)
          .allMatch(line -> line.contains(" WARN ") && line.contains("nothing to balance"));
    }
  }

  @Test
  void agent_withMisspeltOptionsAndNoConfiguration_saysEachOfThem() throws IOException {
    try (ForkedJvm jvm =
        hello(
            Path.of(System.getProperty("java.home")),
            Application.agent() + "=balance.yml",
            "-Devenkeel.confg=balance.yml")) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stderr()).hasSize(3).allMatch(line -> line.contains(" WARN "));
      assertThat(jvm.stderr().get(0)).contains("balance.yml (expected: key=value)");
      assertThat(jvm.stderr().get(1)).contains("confg: unknown option (did you mean: config?)");
      assertThat(jvm.stderr().get(2)).contains("nothing to balance");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_twice_startsOnceAndSaysSo(Path jdk) throws IOException {
    try (ForkedJvm jvm = hello(jdk, Application.agent(), Application.agent(), ONE_SERVER)) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stderr())
          .hasSize(2)
          .last()
          .isEqualTo("evenkeel: attached already, so this second attach changes nothing");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_byJavaToolOptions_skipsJdkTools(Path jdk) throws IOException {
    for (String tool : List.of("javac", "keytool", "jps")) {
      ProcessBuilder builder =
          new ProcessBuilder(jdk.resolve("bin").resolve(tool).toString(), "-help")
              .redirectErrorStream(true);
      builder.environment().put("JAVA_TOOL_OPTIONS", Application.agent() + " " + ONE_SERVER);

      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);

      assertThat(output).contains("Picked up JAVA_TOOL_OPTIONS").doesNotContain(" INFO ");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_inAProgramRunFromItsSource_isAttached(Path jdk) throws IOException {
    Path source = directory.resolve("App.java");
    Files.writeString(
        source,
        """
        class App {
          public static void main(String[] arguments) {
            System.out.println("hello");
          }
        }
        """);
    Process process =
        new ProcessBuilder(
                jdk.resolve("bin/java").toString(),
                Application.agent(),
                ONE_SERVER,
                source.toString())
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(output).contains(" INFO ").contains("attached").contains("hello");
  }

  @Test
  void agent_withALogFile_writesThereAndNotOnStandardError() throws IOException {
    Path log = directory.resolve("logs/evenkeel.log");

    try (ForkedJvm jvm =
        hello(
            Path.of(System.getProperty("java.home")),
            Application.agent(),
            ONE_SERVER,
            "-Devenkeel.log.file=" + log)) {
      assertThat(jvm.awaitExit()).isZero();

      assertThat(jvm.stderr()).isEmpty();
      assertThat(log).content().contains(" INFO ").contains("attached");
    }
  }

  @Test
  void agentJar_isLeanAndShowsTheApplicationNothing() throws IOException {
    assertThat(Files.size(Application.AGENT)).isLessThan(8 << 20);
    try (JarFile jar = new JarFile(Application.AGENT.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
          .containsExactlyInAnyOrder(
              "dev/evenkeel/agent/Agent.class", "dev/evenkeel/agent/NestedClassLoader.class");
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .isNotBlank();
      assertThat(jar.getEntry("META-INF/third-party/README.txt")).isNotNull();
    }
  }

  private List<String> run(Path jdk, String... options) throws IOException {
    try (ForkedJvm jvm = hello(jdk, options)) {
      assertThat(jvm.awaitExit()).isZero();
      return jvm.stdout();
    }
  }

  private static ForkedJvm hello(Path jdk, String... options) throws IOException {
    return java(jdk, HelloWorld.class, options);
  }

  private static ForkedJvm java(Path jdk, Class<?> main, String... options) throws IOException {
    return ForkedJvm.java(jdk)
        .options(options)
        .classPath(IsolatedLoader.classPath())
        .main(main.getName())
        .start();
  }
}
