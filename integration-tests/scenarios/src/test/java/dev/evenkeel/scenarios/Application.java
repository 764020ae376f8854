package dev.evenkeel.scenarios;

import dev.evenkeel.scenarios.app.CallingApp;
import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** {@link CallingApp} in a JVM of its own. Confined to the test's thread. */
final class Application implements AutoCloseable {
  /** The packaged agent. */
  static final Path AGENT = Path.of(System.getProperty("agent.jar", ""));

  private static final String[] QUICK = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  private final ForkedJvm jvm;
  private int read;

  private Application(ForkedJvm jvm) {
    this.jvm = jvm;
    jvm.awaitStdout("ready");
    read = 1;
  }

  /**
   * Starts the application and waits until it is ready for calls.
   *
   * @param options of the JVM, {@code -javaagent} among them
   */
  static Application start(Path jdk, String... options) throws IOException {
    return startQuickly(jdk, IsolatedLoader.classPath(), options);
  }

  /** As {@link #start} on this JDK, where no client is made before it is called. */
  static Application startLazily(String... options) throws IOException {
    return new Application(
        ForkedJvm.java()
            .options(QUICK)
            .options(options)
            .classPath(IsolatedLoader.classPath())
            .main(CallingApp.class.getName(), "lazily")
            .start());
  }

  /**
   * As {@link #start}, with nothing but jars on the class path, since class data sharing takes no
   * directories, and with the JVM's own settings.
   *
   * @param directory where a jar of the application is made
   */
  static Application startFromJars(Path jdk, Path directory, String... options) throws IOException {
    Path jar = directory.resolve("app.jar");
    if (!Files.exists(jar)) {
      String entry = CallingApp.class.getName().replace('.', '/') + ".class";
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
          InputStream in = CallingApp.class.getResourceAsStream("/" + entry)) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(Objects.requireNonNull(in).readAllBytes());
      }
    }
    List<Path> jars = new ArrayList<>(List.of(jar));
    IsolatedLoader.classPath().stream().filter(Files::isRegularFile).forEach(jars::add);
    return start(jdk, jars, options);
  }

  /**
   * As {@link #start} on this JDK, with other jars in place of one of the class path.
   *
   * @param replaced how the replaced jar's name begins
   */
  static Application startWith(List<Path> jars, String replaced, String... options)
      throws IOException {
    List<Path> classPath = new ArrayList<>(jars);
    IsolatedLoader.classPath().stream()
        .filter(entry -> !entry.getFileName().toString().startsWith(replaced))
        .forEach(classPath::add);
    return startQuickly(Path.of(System.getProperty("java.home")), classPath, options);
  }

  /**
   * Most of the code runs a few times only: without C2, and without the threads of a collector, a
   * JVM needs half of the processor time.
   */
  private static Application startQuickly(Path jdk, List<Path> classPath, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(QUICK));
    all.addAll(List.of(options));
    return start(jdk, classPath, all.toArray(String[]::new));
  }

  private static Application start(Path jdk, List<Path> classPath, String... options)
      throws IOException {
    return new Application(
        ForkedJvm.java(jdk)
            .options(options)
            .classPath(classPath)
            .main(CallingApp.class.getName())
            .start());
  }

  /** {@code -javaagent} with the packaged agent. */
  static String agent() {
    return "-javaagent:" + AGENT;
  }

  /** Makes calls one after the other, and gives what each came to. */
  List<String> call(String client, int count, String url) throws IOException {
    jvm.send(client + " " + count + " " + url);
    Await.until("the calls are made", () -> jvm.stdout().size() > read + count);
    List<String> outcomes = jvm.stdout().subList(read, read + count);
    read += count + 1;
    return outcomes;
  }

  /** How many faults of its own the agent has counted, by its MBean. */
  long failOpenCount() throws IOException {
    return Long.parseLong(call("bean", 1, "FailOpenCount").get(0));
  }

  /** Ends the application as its user would: its input ends. */
  void end() throws IOException {
    jvm.sendEnd();
    jvm.awaitExit();
  }

  ForkedJvm jvm() {
    return jvm;
  }

  @Override
  public void close() {
    jvm.close();
  }
}
