package dev.evenkeel.scenarios;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDKs that agent tests run on: this JVM's, and the newest that is installed. Immutable. */
final class Jdks {
  private Jdks() {}

  /** For parameterised tests. */
  static List<Path> all() {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    if (hasNewest()) {
      homes.add(newest());
    }
    return homes;
  }

  static boolean hasNewest() {
    return Files.isExecutable(newest().resolve("bin/java"));
  }

  static Path newest() {
    return Path.of(System.getProperty("jdk25.home", ""));
  }
}
