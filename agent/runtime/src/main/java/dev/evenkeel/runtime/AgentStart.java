package dev.evenkeel.runtime;

import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.instrument.Instrumenter;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * What premain runs inside the agent's loader: reads the settings, says one line, and starts to
 * watch for client libraries. Starts no thread, opens no file but the agent jar (and the log, if
 * one is named), resolves no name. Thread-safe.
 */
public final class AgentStart {
  private AgentStart() {}

  /**
   * Starts the agent; called once, by reflection from the root of the agent jar.
   *
   * @param arguments the agent's argument, null if there is none
   * @param jar the agent jar, kept open for good
   * @param isPremain true before the application's main method: no thread of ours may run yet
   */
  public static void start(
      @Nullable String arguments, Instrumentation instrumentation, JarFile jar, boolean isPremain)
      throws IOException, ReflectiveOperationException {
    Settings settings = Settings.of(arguments, systemProperties(), System.getenv());
    String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
    AgentRuntime runtime = new AgentRuntime(version, settings, Logs.open(settings));
    String source = settings.source();
    Instrumenter instrumenter =
        Instrumenter.install(
            instrumentation,
            jar,
            runtime,
            adapter -> !source.isEmpty() && settings.isEnabled("adapters." + adapter + ".enabled"));
    runtime.installed(instrumenter, source, !isPremain);
  }

  private static Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return properties;
  }
}
