package dev.evenkeel.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first line is written inside premain, where each class loaded costs every start. */
class LogFootprintTest {
  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("dev.evenkeel.runtime.log.ForkedJvm#jdks")
  void firstLine_inAFreshJvm_loadsLittle(Path jdk) throws Exception {
    List<String> idle = classes(jdk, "idle");
    List<String> logging = classes(jdk, directory.resolve("evenkeel.log").toString());

    assertThat(directory.resolve("evenkeel.log")).content().endsWith("hello\n");
    List<String> added = logging.stream().filter(name -> !idle.contains(name)).toList();
    assertThat(added).contains(AgentLog.class.getName()).hasSizeLessThan(40);
    assertThat(added)
        .noneMatch(name -> name.startsWith("java.util.logging."))
        .noneMatch(name -> name.startsWith("java.nio.file."))
        .noneMatch(name -> name.startsWith("java.time."))
        .noneMatch(name -> name.startsWith("java.lang.invoke."))
        .noneMatch(name -> name.startsWith("sun.util.calendar."));
  }

  private List<String> classes(Path jdk, String argument) throws Exception {
    Path loaded = directory.resolve("loaded.txt");
    ForkedJvm.run(
        jdk, Main.class, "-Xlog:class+load:file=" + loaded + ":none", "-Dlog=" + argument);
    return Files.readAllLines(loaded).stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  /** Writes one line to the file named by the property, unless that is {@code idle}. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      String file = System.getProperty("log");
      if (!file.equals("idle")) {
        AgentLog.toFile(Level.INFO, new Ticker(), new File(file), 1000, 1).info("hello");
      }
    }
  }

  /** A class, as a lambda would load what is measured here. */
  static final class Ticker implements dev.evenkeel.balancer.Ticker {
    @Override
    public long nanos() {
      return 0;
    }
  }
}
