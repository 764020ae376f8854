package dev.evenkeel.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.jar.JarFile;

/** The command line: finds the command and turns its outcome into an exit code. Thread-safe. */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar evenkeel-agent.jar <command>

        attach <pid> [key=value …]   attach the agent to a running JVM, as in: attach 4711 config=balance.yml
        --version                    print the version
        --help                       print this text; <command> --help explains a command

      To start an application with the agent:
        java -javaagent:evenkeel-agent.jar -Devenkeel.config=balance.yml -jar app.jar
      """;

  private Main() {}

  /**
   * Runs a command and ends the JVM: 0 if it worked, 1 if it failed, 2 if it was called wrongly.
   *
   * @param jar the agent jar
   */
  public static void main(String[] arguments, File jar) {
    System.exit(run(arguments, jar, System.out, System.err));
  }

  static int run(String[] arguments, File jar, PrintStream out, PrintStream err) {
    String command = arguments.length == 0 ? "" : arguments[0];
    return switch (command) {
      case "attach" -> attach(arguments, jar, out, err);
      case "--version" -> say(out, 0, "evenkeel " + version(jar) + "\n");
      case "--help" -> say(out, 0, USAGE);
      case "" -> say(err, 2, USAGE);
      default -> say(err, 2, "unknown command: " + command + "\n\n" + USAGE);
    };
  }

  private static int attach(String[] arguments, File jar, PrintStream out, PrintStream err) {
    try {
      return new AttachCommand(jar, out, err).run(arguments);
    } catch (NoClassDefFoundError absent) {
      return say(
          err, 1, "this Java cannot attach (expected: one with module jdk.attach, as a JDK)\n");
    }
  }

  private static int say(PrintStream stream, int exitCode, String text) {
    stream.print(text);
    return exitCode;
  }

  private static String version(File jar) {
    try (JarFile file = new JarFile(jar, false)) {
      return file.getManifest().getMainAttributes().getValue("Implementation-Version");
    } catch (IOException unreadable) {
      return "of unknown version (" + unreadable.getMessage() + ")";
    }
  }
}
