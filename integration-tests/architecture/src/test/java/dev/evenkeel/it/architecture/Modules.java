package dev.evenkeel.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The modules of the repository: their classes and their sources. Stateless. Thread-safe. */
final class Modules {
  static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("evenkeel.root"), "evenkeel.root"));

  static final String BOOTSTRAP = "agent/bootstrap";
  static final String BALANCER = "agent/balancer";
  static final String CONFIG = "agent/config";
  static final String RUNTIME = "agent/runtime";
  static final String CLI = "agent/cli";
  static final String DIST = "agent/dist";
  static final String SPI = "client-adapters/spi";
  static final String OKHTTP = "client-adapters/okhttp";
  static final String HTTPCLIENT5 = "client-adapters/httpclient5";
  static final String HTTPCLIENT4 = "client-adapters/httpclient4";
  static final String HTTPASYNCCLIENT4 = "client-adapters/httpasyncclient4";
  static final String JDK_HTTPCLIENT = "client-adapters/jdk-httpclient";
  static final String URL_CONNECTION = "client-adapters/url-connection";

  /** Every module whose classes are in the agent jar. */
  static final List<String> SHIPPED =
      List.of(
          BOOTSTRAP,
          BALANCER,
          CONFIG,
          RUNTIME,
          CLI,
          DIST,
          SPI,
          OKHTTP,
          HTTPCLIENT5,
          HTTPCLIENT4,
          HTTPASYNCCLIENT4,
          JDK_HTTPCLIENT,
          URL_CONNECTION);

  private Modules() {}

  /**
   * The main classes of some modules.
   *
   * @param atLeast fails with fewer, so that no rule passes on nothing
   */
  static JavaClasses classes(int atLeast, String... modules) {
    return classes(atLeast, List.of(modules));
  }

  static JavaClasses classes(int atLeast, List<String> modules) {
    List<Path> folders =
        modules.stream().map(module -> ROOT.resolve(module).resolve("target/classes")).toList();
    // Straight from the folders: dist has our classes a second time, nested, under inst.
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/inst/"))
            .importPaths(folders);
    assertThat(classes.size()).as("classes of %s", modules).isGreaterThanOrEqualTo(atLeast);
    return classes;
  }

  /**
   * All Java sources of the repository, main and test.
   *
   * @param atLeast fails with fewer, so that no rule passes on nothing
   */
  static List<Path> sources(int atLeast) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !relative(file).contains("/target/"))
              .sorted()
              .toList();
      assertThat(sources.size()).as("sources").isGreaterThanOrEqualTo(atLeast);
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sources that go into a jar, except package descriptions. */
  static List<Path> mainSources(int atLeast) {
    List<Path> sources =
        sources(atLeast).stream()
            .filter(file -> relative(file).contains("/src/main/"))
            .filter(file -> !file.endsWith("package-info.java"))
            .toList();
    assertThat(sources.size()).as("sources").isGreaterThanOrEqualTo(atLeast);
    return sources;
  }

  static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Path from the repository's root, with slashes. */
  static String relative(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }
}
