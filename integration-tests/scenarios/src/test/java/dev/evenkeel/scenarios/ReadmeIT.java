package dev.evenkeel.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's runnable minute: its very command, in a copy of the sources, prints its very output.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {
  private static final Path ROOT = Path.of(System.getProperty("root", ""));
  private static final List<String> PORTS = List.of("8081", "8082", "8083");

  @TempDir Path copy;
  private String readme;

  @BeforeAll
  void readReadme() throws IOException {
    readme = Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void readme_hasAtMost120Lines() {
    assertThat(readme.lines()).hasSizeLessThanOrEqualTo(120);
  }

  @Test
  void ciRun_runsTheReadmesTestCommand() throws IOException {
    assertThat(blocks("sh")).contains("mvn -B -ntp verify\n");
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).endsWith("exec mvn -B -ntp verify\n");
  }

  @Test
  void runnableMinute_inAFreshCopy_printsWhatTheReadmeSays() throws Exception {
    copySources();
    compileWithoutErrorProne();
    List<String> free = freePorts();
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", blocks("sh").get(0));
    builder.directory(copy.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PORT_A", free.get(0));
    builder.environment().put("PORT_B", free.get(1));
    builder.environment().put("PORT_C", free.get(2));

    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    for (int i = 0; i < 3; i++) {
      output = output.replace(free.get(i), PORTS.get(i));
    }
    assertThat(output).isEqualTo(blocks("").get(1));
  }

  /** What git knows, as a clone would have it, with what has not been committed yet. */
  private void copySources() throws IOException {
    Process git =
        new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
            .directory(ROOT.toFile())
            .start();
    List<String> files = new String(git.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(files).contains("README.md", "integration-tests/demo/run");
    for (String file : files) {
      if (Files.exists(ROOT.resolve(file))) {
        Path target = copy.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(ROOT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /**
   * It took four fifths of the time to build the copy, whose very sources it has just judged: an
   * option that is there already stands in its place.
   */
  private void compileWithoutErrorProne() throws IOException {
    assertThat(copy.resolve("pom.xml")).content().contains("<arg>${error-prone}</arg>");
    Files.writeString(
        copy.resolve(".mvn/maven.config"),
        "-Derror-prone=-parameters\n",
        StandardOpenOption.APPEND);
  }

  /** The text of every block with this language, in order. */
  private List<String> blocks(String language) {
    Matcher matcher = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$").matcher(readme);
    return matcher
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /**
   * They are taken when the copy is built: below those that the kernel gives to all who connect
   * meanwhile.
   */
  private static List<String> freePorts() {
    return ThreadLocalRandom.current()
        .ints(20_000, 32_000)
        .filter(ReadmeIT::isFree)
        .distinct()
        .limit(3)
        .mapToObj(Integer::toString)
        .toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false; // Taken.
    }
  }
}
