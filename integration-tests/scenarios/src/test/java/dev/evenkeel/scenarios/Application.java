package dev.evenkeel.scenarios;

import dev.evenkeel.scenarios.app.CallingApp;
import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@link CallingApp} in a JVM of its own. Confined to the test's thread. */
final class Application implements AutoCloseable {
  /** The packaged agent. */
  static final Path AGENT = Path.of(System.getProperty("agent.jar", ""));

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
    return new Application(
        ForkedJvm.java(jdk)
            .options(options)
            .classPath(IsolatedLoader.classPath())
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
