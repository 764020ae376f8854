package dev.evenkeel.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs a main class of the tests in a JVM of its own. Immutable. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /** The JDK that runs this test, and the newest known one where it is installed. */
  public static Stream<Path> jdks() {
    Path running = Path.of(System.getProperty("java.home"));
    Path newest = Path.of(System.getProperty("jdk25.home", "/usr/lib/jvm/temurin-25-jdk-amd64"));
    boolean hasOther = Files.isExecutable(newest.resolve("bin/java")) && !running.equals(newest);
    if (!hasOther) {
      System.out.println("only " + running + ": no other JDK at " + newest);
    }
    return hasOther ? Stream.of(running, newest) : Stream.of(running);
  }

  /** Its standard output, after a normal end. */
  public static List<String> run(Path jdk, Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (Stream<String> output = process.inputReader(UTF_8).lines()) {
      lines = output.toList();
    }
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
