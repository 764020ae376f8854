package dev.evenkeel.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. Whatever goes wrong here ends as one line on standard error: the
 * application starts as if there were no agent. Thread-safe.
 */
public final class Agent {
  private static final String RUNTIME = "dev.evenkeel.runtime.AgentStart";
  private static final String COMMAND_LINE = "dev.evenkeel.cli.Main";

  private Agent() {}

  /** Called by the JVM before the application's main method. Never throws. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, true);
  }

  /** Called by the JVM when the agent is attached to a running application. Never throws. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, false);
  }

  /** {@code java -jar evenkeel-agent.jar}: the command line. */
  public static void main(String[] arguments) throws Exception {
    File jar = ownJar();
    ClassLoader loader = new NestedClassLoader(new JarFile(jar, false));
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass(COMMAND_LINE)
        .getMethod("main", String[].class, File.class)
        .invoke(null, arguments, jar);
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, boolean isPremain) {
    try {
      if (isOff(arguments)) {
        if (!isPremain) {
          System.err.println("evenkeel: not attached, because enabled=false");
        }
        return;
      }
      if (isPremain && isJdkTool()) {
        return;
      }
      if (isAttached()) {
        System.err.println("evenkeel: attached already, so this second attach changes nothing");
        return;
      }
      // Kept open for the life of the JVM: classes are read from it when they are first needed.
      JarFile jar = new JarFile(ownJar(), false);
      @SuppressWarnings("unchecked")
      Consumer<Object[]> runtime =
          (Consumer<Object[]>)
              new NestedClassLoader(jar).loadClass(RUNTIME).getConstructor().newInstance();
      runtime.accept(new Object[] {arguments, instrumentation, jar, isPremain});
    } catch (Throwable fault) {
      Throwable cause = fault.getCause() == null ? fault : fault.getCause();
      System.err.println("evenkeel: not started, the application runs without it: " + cause);
    }
  }

  /** {@code enabled=false} is heeded before anything else of ours is loaded. */
  private static boolean isOff(@Nullable String arguments) {
    String value = argument(arguments, "enabled=");
    if (value == null) {
      value = System.getProperty("evenkeel.enabled");
    }
    if (value == null) {
      value = System.getenv("EVENKEEL_ENABLED");
    }
    return "false".equalsIgnoreCase(value);
  }

  private static @Nullable String argument(@Nullable String arguments, String key) {
    if (arguments == null) {
      return null;
    }
    for (String pair : arguments.split(",", -1)) {
      if (pair.trim().startsWith(key)) {
        return pair.trim().substring(key.length());
      }
    }
    return null;
  }

  /**
   * With {@code JAVA_TOOL_OPTIONS} every jps, keytool or javac would carry the agent. What {@code
   * java App.java} compiles and runs is an application.
   */
  private static boolean isJdkTool() {
    String command = System.getProperty("sun.java.command");
    int slash = command == null ? -1 : command.indexOf('/');
    return slash > 0
        && !command.startsWith("jdk.compiler/com.sun.tools.javac.launcher.")
        && (command.startsWith("jdk.") || command.startsWith("java."))
        && ModuleLayer.boot().findModule(command.substring(0, slash)).isPresent();
  }

  private static boolean isAttached() {
    try {
      Class.forName("java.lang.EvenkeelDispatcher", false, null);
      return true;
    } catch (ClassNotFoundException notYet) {
      return false;
    }
  }

  /**
   * From the class's own URL and not from its protection domain, which a security manager may deny.
   */
  private static File ownJar() throws IOException {
    String url = Agent.class.getResource("Agent.class").toString();
    int end = url.lastIndexOf("!/");
    if (!url.startsWith("jar:") || end < 0) {
      throw new IOException(url + " (expected: a class in evenkeel-agent.jar)");
    }
    return new File(URI.create(url.substring("jar:".length(), end)));
  }
}
