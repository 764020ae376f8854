package dev.evenkeel.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that documents name are there. */
class NamedTestsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*(?:Test|Contract|IT))(?:\\.(\\w+))?`");

  @Test
  void traefikPage_everyTestThatItNames_isThere() throws IOException {
    Map<String, String> sources = sources();
    Matcher named = NAMED.matcher(Files.readString(ROOT.resolve("agent/docs/traefik.md")));
    List<String> missing = new ArrayList<>();
    int found = 0;
    for (; named.find(); found++) {
      String source = sources.get(named.group(1));
      String method = named.group(2);
      if (source == null || (method != null && !source.contains(" void " + method + "("))) {
        missing.add(named.group());
      }
    }

    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(40);
  }

  /** By simple name; the tests of all modules, and the contract in the testkit. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().matches(".*(Test|Contract|IT)\\.java"))
          .filter(file -> !file.toString().contains("/target/"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  NamedTestsTest::read,
                  String::concat));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
