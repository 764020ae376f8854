package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The versions of OkHttp that the build has brought, besides the class path's. Stateless. */
final class Libraries {
  private Libraries() {}

  /** OkHttp of a version, and what it needs. */
  static List<Path> jars(String version) throws IOException {
    Path folder = Path.of(System.getProperty("libraries", "")).resolve(version);
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    }
  }

  /** This module's classes, the small applications among them. */
  static List<Path> testClasses() {
    return IsolatedLoader.classPath().stream()
        .filter(path -> path.endsWith("test-classes"))
        .toList();
  }
}
