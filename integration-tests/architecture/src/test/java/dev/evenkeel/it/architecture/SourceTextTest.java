package dev.evenkeel.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules that only the source shows. */
class SourceTextTest {
  private static final int SOURCES = 100;
  private static final int MAIN_SOURCES = 60;

  /** The Javadoc that stands right before the type of a file, annotations between them or not. */
  private static final Pattern TYPE_JAVADOC =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n\\s*)*"
              + "(?:(?:public|abstract|final|sealed|non-sealed|strictfp)\\s+)*"
              + "(?:class|record)\\s",
          Pattern.DOTALL);

  private static final Pattern TOP_LEVEL_TYPE =
      Pattern.compile(
          "^(?:(?:public|abstract|final|sealed|non-sealed)\\s+)*(?:class|record)\\s",
          Pattern.MULTILINE);

  /** The last sentence of a paragraph of a class Javadoc; a period inside a word is none. */
  private static final Pattern SHARING =
      Pattern.compile(
          "(^|[.>] )(Immutable|Thread-safe|Confined to|Not thread-safe)([^.]|\\.\\S)*\\.($| <p>)");

  @Test
  void packages_areDescribedAndNullMarked() {
    Set<Path> packages =
        Modules.mainSources(MAIN_SOURCES).stream()
            .map(Path::getParent)
            // java.lang is the JDK's own package, and described there.
            .filter(folder -> !folder.endsWith(Path.of("java", "lang")))
            .collect(Collectors.toCollection(TreeSet::new));

    for (Path folder : packages) {
      Path description = folder.resolve("package-info.java");
      assertThat(description).exists();
      assertThat(Modules.read(description))
          .as(Modules.relative(description))
          .contains("@NullMarked")
          .containsPattern("(?s)/\\*\\*.*\\*/");
    }
  }

  @Test
  void types_sayHowTheyMayBeShared() {
    List<String> silent =
        Modules.mainSources(MAIN_SOURCES).stream()
            // Programs of a few lines that people read as an example.
            .filter(source -> !Modules.relative(source).startsWith("integration-tests/demo/"))
            .filter(source -> TOP_LEVEL_TYPE.matcher(Modules.read(source)).find())
            .filter(Predicate.not(SourceTextTest::saysHowItMayBeShared))
            .map(Modules::relative)
            .toList();

    assertThat(silent).isEmpty();
  }

  private static boolean saysHowItMayBeShared(Path source) {
    Matcher javadoc = TYPE_JAVADOC.matcher(Modules.read(source));
    if (!javadoc.find()) {
      return false;
    }
    // Without the stars, and without the block tags of a record's components.
    String text = javadoc.group(1).replaceAll("(?m)^\\s*\\*", " ").replaceAll("(?s)@param.*", " ");
    return SHARING.matcher(text.replaceAll("\\s+", " ").strip()).find();
  }

  @Test
  void comments_holdNeitherAuthorsNorOpenEnds() {
    // Put together from parts, so that this file does not hold them itself.
    Pattern forbidden =
        Pattern.compile("@" + "author|\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bX" + "XX\\b");

    assertThat(offenders(forbidden)).isEmpty();
  }

  @Test
  void tests_neitherSleepNorAreSwitchedOff() {
    Pattern forbidden =
        Pattern.compile(
            "Thread\\." + "sleep|TimeUnit\\.[A-Z]+\\." + "sleep|@" + "Disabled|org\\.mock" + "ito");

    assertThat(offenders(forbidden)).isEmpty();
  }

  @Test
  void nullness_isSaidOnceAndOptionalIsNoField() {
    Pattern forbidden = Pattern.compile("(?m)^  (?:private |static |final )+Optional" + "<[^(]*;");

    assertThat(offenders(forbidden)).isEmpty();
  }

  @Test
  void topLevel_holdsWhatTheArchitectureNames() throws Exception {
    try (var entries = Files.list(Modules.ROOT)) {
      assertThat(entries.map(Modules::relative).filter(name -> !name.startsWith(".")))
          .isSubsetOf(
              "pom.xml", "agent", "client-adapters", "integration-tests", "README.md", "target");
    }
  }

  private static List<String> offenders(Pattern forbidden) {
    return Modules.sources(SOURCES).stream()
        .filter(source -> forbidden.matcher(Modules.read(source)).find())
        .map(Modules::relative)
        .toList();
  }
}
