package dev.evenkeel.runtime;

import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.instrument.Instrumenter;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * What premain runs inside the agent's loader: reads the settings, says one line, and starts to
 * watch for client libraries. Starts no thread, opens no file but the agent jar (and the log, if
 * one is named), resolves no name. Thread-safe.
 */
public final class AgentStart implements Consumer<Object[]> {
  /** For the root of the agent jar. */
  public AgentStart() {}

  /**
   * Starts the agent. An interface of the JDK is what both sides know: a reflective call of a
   * method with these parameters would take a tenth of premain's time.
   *
   * @param arguments the agent's argument (null if there is none), its {@link Instrumentation}, the
   *     agent's {@link JarFile} (kept open for good), and whether this is premain: before the
   *     application's main method no thread of ours may run
   */
  @Override
  public void accept(Object[] arguments) {
    try {
      start(
          (String) arguments[0],
          (Instrumentation) arguments[1],
          (JarFile) arguments[2],
          (Boolean) arguments[3]);
    } catch (IOException | ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, JarFile jar, boolean isPremain)
      throws IOException, ReflectiveOperationException {
    Settings settings = Settings.of(arguments, systemProperties(), System.getenv());
    String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
    AgentRuntime runtime = new AgentRuntime(version, settings, Logs.open(settings));
    Instrumenter instrumenter = Instrumenter.install(instrumentation, jar, runtime);
    runtime.installed(instrumenter, !isPremain);
  }

  private static Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return properties;
  }
}
