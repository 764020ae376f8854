package dev.evenkeel.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code attach <pid> [key=value …]}. Not thread-safe; one per run. */
final class AttachCommand {
  private static final String USAGE =
      """
      usage: java -jar evenkeel-agent.jar attach <pid> [key=value …]

      Attaches the agent to a running JVM of the same user. Keys are the agent's options without the "evenkeel."
      prefix; a relative config path is taken from this directory. JDK 21 and later print a warning in the
      application's output: for permanent use start it with -javaagent.

        java -jar evenkeel-agent.jar attach 4711 config=balance.yml
      """;

  private final File jar;
  private final PrintStream out;
  private final PrintStream err;

  AttachCommand(File jar, PrintStream out, PrintStream err) {
    this.jar = jar;
    this.out = out;
    this.err = err;
  }

  int run(String[] arguments) {
    List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
    if (words.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    boolean isPid = !words.isEmpty() && words.get(0).matches("[0-9]+");
    if (!isPid || !words.stream().skip(1).allMatch(option -> option.indexOf('=') > 0)) {
      err.print(USAGE);
      return 2;
    }
    return attach(words.get(0), agentArguments(words.subList(1, words.size())));
  }

  private int attach(String pid, String agentArguments) {
    try {
      VirtualMachine target = VirtualMachine.attach(pid);
      try {
        target.loadAgent(jar.getAbsolutePath(), agentArguments);
      } finally {
        target.detach();
      }
      out.println(
          "loaded the agent into " + pid + "; what it has to say is in that JVM's own output");
      return 0;
    } catch (AttachNotSupportedException | IOException unreachable) {
      err.println("cannot attach to " + pid + ": " + unreachable.getMessage());
    } catch (AgentLoadException | AgentInitializationException refused) {
      err.println("JVM " + pid + " refused the agent: " + refused.getMessage());
    }
    return 1;
  }

  /** The target JVM has another working directory. */
  static String agentArguments(List<String> options) {
    List<String> resolved = new ArrayList<>();
    for (String option : options) {
      String path = option.startsWith("config=") ? option.substring("config=".length()) : "";
      resolved.add(path.isEmpty() ? option : "config=" + new File(path).getAbsolutePath());
    }
    return String.join(",", resolved);
  }
}
